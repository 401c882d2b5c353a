"""Whether a message asks for a person, by the patterns of `person.toml`, whatever language it is in."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any

from deskhand.infrastructure.brain.lists import wishes
from deskhand.infrastructure.brain.spelling import DRAWN_OUT, one_wrong
from deskhand.infrastructure.brain.worded import Worded
from deskhand.infrastructure.search.wordpiece import vocabulary

LONG = 5  # letters; a shorter word with a slip in it is another word
END, PAUSE = ".", ","
PIECE = re.compile(r"([^\W_]+)|([.!?;\u2026\u3002]|\n\s*\n)|([,:()]|\s[-\u2013\u2014]\s)")
GROUP = re.compile(r"\{([a-z]+)\}")
WHOLE = str.maketrans("łøđı", "lodi")  # letters that have no accent to be taken off
APART = frozenset({"alone", "slips", "slang"})
Span = tuple[int, int]


@dataclass(frozen=True)
class Plain:
    """A text as the patterns read it; `words` are those of its letters, `places` where each begins in `text`."""

    text: str
    places: tuple[int, ...]
    found: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span:
        """Where this part of `text` stands in what the customer wrote."""
        first, last = bisect_right(self.places, start) - 1, bisect_left(self.places, end) - 1
        return self.found[first][0], self.found[last][1]


def asked(said: Worded) -> list[Span]:
    """Where it does. What its writer takes back, or only quotes, is not asked."""
    plain = _plain(said.text)
    found = list(_alone(plain))
    for wanted, unsaid in _patterns():
        taken_back = [one.span() for one in unsaid.finditer(plain.text)]
        for one in wanted.finditer(plain.text):
            if not any(start < one.end() and one.start() < end for start, end in taken_back):
                found.append(plain.span(*one.span()))
    whole = said.quoted((0, len(said.text.rstrip())))
    return [span for span in found if whole or not said.quoted(span)]


def wanted(text: str) -> bool:
    """Whether it does."""
    return bool(asked(Worded(text)))


def _plain(text: str) -> Plain:
    pieces: list[str] = []
    places: list[int] = []
    found: list[Span] = []
    at = 0
    for one in PIECE.finditer(text):
        for word in _meant(_bare(one[1])).split() if one[1] else [END if one[2] else PAUSE]:
            pieces.append(word)
            places.append(at)
            found.append(one.span())
            at += len(word) + 1
    return Plain(" ".join(pieces), tuple(places), tuple(found))


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold()).translate(WHOLE)
    return "".join(c for c in apart if not unicodedata.combining(c))


def _meant(word: str) -> str:
    right, slips = _words()
    if word in right:
        return word
    for less in (DRAWN_OUT.sub(r"\1\1", word), DRAWN_OUT.sub(r"\1", word)):
        if less in right:
            return less
    if word in slips:
        return slips[word]
    return word


def _alone(plain: Plain) -> Iterator[Span]:
    """A single word, said to nobody in particular: the whole message, or the last sentence of it."""
    words, courtesy = _lonely()
    pieces = list(zip(plain.places, plain.text.split(" "), strict=True)) if plain.text else []
    while pieces and pieces[-1][1] in (END, PAUSE):
        pieces.pop()
    last = list(takewhile(lambda piece: piece[1] != END, reversed(pieces)))
    if all(word in words or word in courtesy or word == PAUSE for _, word in last):
        yield from (plain.span(at, at + len(word)) for at, word in last if word in words)


@cache
def _lonely() -> tuple[frozenset[str], frozenset[str]]:
    words, courtesy = (frozenset(map(_bare, wishes()["alone"][name].split())) for name in ("words", "courtesy"))
    return words, courtesy


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """By language: what shows the wish, and what takes it back."""
    return tuple((_any(table["asked"], table), _any(table["unsaid"], table)) for table in _languages())


def _languages() -> list[dict[str, Any]]:
    return [table for name, table in wishes().items() if name not in APART]


def _any(patterns: list[str], table: Mapping[str, Any]) -> re.Pattern[str]:
    groups = table.get("groups", {})
    written = "|".join(patterns)
    while GROUP.search(written):
        written = GROUP.sub(lambda name: str(groups[name[1]]), written)
    return re.compile(rf"(?:(?<=^)|(?<= ))(?:{written})(?= |$)")


@cache
def _words() -> tuple[frozenset[str], Mapping[str, str]]:
    """The words that are right as they are, and by each slip of one letter the word that was meant."""
    table = wishes()["slips"]
    meant, known = table["words"].split(), wishes()["slang"]
    written = (word for language in _languages() for word in re.findall(r"[a-z]+", str(language)))
    right = frozenset((*meant, *table["right"].split(), *_lonely()[0], *_lonely()[1], *written))
    long = (word for word in meant if len(word) >= LONG)
    slips = {slip: word for word in long for slip in one_wrong(word) if slip not in right and slip not in vocabulary()}
    return right - known.keys(), {**slips, **known}
