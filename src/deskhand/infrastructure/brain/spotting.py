"""Finds the words that give something away, by the phrases of `signals.toml`, and leaves out what is not said so."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from deskhand.infrastructure.brain.lists import phrases
from deskhand.infrastructure.brain.worded import Worded

GAP, NUMBER, NAME = "..", "#", "^"
STEM = 3  # letters; no word with * is shorter
WIDE = 6  # words that a gap may span
BEFORE, BEHIND = 4, 1  # words; "I don't want to sue", "ich klage nicht"
NEVER_UNSAID = frozenset({"safety", "self_harm", "fraud", "privacy"})  # in doubt a person reads it
NARROW = {"frustration": 2, "anger": 2}  # what words of feeling are denied by stands near: "not annoyed"
LISTS = ("denials", "denials_behind", "subjects", "known_names")
Span = tuple[int, int]
Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Spotted:
    """By kind, the phrases that are meant, and those that are denied or quoted."""

    meant: Mapping[str, list[Span]]
    unsaid: Mapping[str, list[Span]]


class Spotter:
    """Knows the phrases of one language: what denies in one may be an everyday word of another."""

    def __init__(self, table: Mapping[str, str]):
        lists = (frozenset(table.get(kind, "").split()) for kind in LISTS)
        self._denials, self._behind, self._subjects, self._names = lists
        self._exact: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        for kind in table.keys() - set(LISTS):
            for phrase in table[kind].split("|"):
                self._learn(kind, phrase)

    def __call__(self, said: Worded) -> Spotted:
        """Where its phrases stand in the text, those that are said in order and apart from each other."""
        found: Spotted = Spotted(defaultdict(list), defaultdict(list))
        for place in range(len(said.words)):
            for kind, last in self._at(said, place):
                span = said.starts[place], said.ends[last]
                known = found.meant[kind]
                if known and span[0] < known[-1][1]:
                    known[-1] = (known[-1][0], max(span[1], known[-1][1]))
                else:
                    (known if self.means(kind, said, span) else found.unsaid[kind]).append(span)
        return found

    def means(self, kind: str, said: Worded, span: Span) -> bool:
        """Whether the writer says so themselves: what they deny or only quote is not said."""
        if kind in NEVER_UNSAID:
            return True
        return not said.quoted(span) and not self._denied(said, span, NARROW.get(kind, BEFORE))

    def _learn(self, kind: str, phrase: str) -> None:
        parts = tuple(frozenset(part.split("/")) for part in phrase.lower().split())
        for word in parts[0] if parts else ():
            if word.endswith("*"):
                self._stems[word[:STEM]].append((kind, parts))
            else:
                self._exact[word].append((kind, parts))

    def _at(self, said: Worded, place: int) -> Iterator[tuple[str, int]]:
        """The kinds whose phrases begin at this word, each with the place of its last word."""
        word = said.words[place]
        for known in (
            self._exact.get(word, ()),
            self._stems.get(word[:STEM], ()),
            self._exact.get(NUMBER, ()) if word[0].isdigit() else (),
        ):
            for kind, phrase in known:
                last = self._end(said, phrase, place)
                if last is not None and said.together(place, last):
                    yield kind, last

    def _end(self, said: Worded, phrase: Sequence[frozenset[str]], place: int) -> int | None:
        """The place of the last word of a phrase that begins here."""
        for number, part in enumerate(phrase):
            if GAP in part:
                return self._behind_gap(said, phrase[number + 1 :], place)
            if place >= len(said.words) or not self._fits(said, place, part):
                return None
            place += 1
        return place - 1

    def _behind_gap(self, said: Worded, rest: Sequence[frozenset[str]], place: int) -> int | None:
        open_to_denials = any(part & self._denials for part in rest)
        for start in range(place, min(place + WIDE + 1, len(said.words))):
            if (end := self._end(said, rest, start)) is not None:
                return end
            if said.words[start] in self._denials and not open_to_denials:
                return None
        return None

    def _fits(self, said: Worded, place: int, part: frozenset[str]) -> bool:
        word = said.words[place]
        if word in part or (NUMBER in part and word[0].isdigit()):
            return True
        if NAME in part:
            return said.named(place) and word not in self._names
        return any(one[-1] == "*" and word.startswith(one[:-1]) for one in part)

    def _denied(self, said: Worded, span: Span, before: int) -> bool:
        first, last = bisect_right(said.ends, span[0]), bisect_left(said.starts, span[1]) - 1
        if first > last:  # marks alone, such as !!!
            return False
        for place in range(first - 1, max(first - 1 - before, -1), -1):
            if said.paused(place, place + 1) or said.words[place] in self._subjects:
                break
            if said.words[place] in self._denials:
                return True
        behind = range(last + 1, min(last + 1 + BEHIND, len(said.words)))
        return any(said.words[place] in self._behind and not said.paused(last, place) for place in behind)


@cache
def spotters() -> Mapping[str, Spotter]:
    """By language."""
    return {language: Spotter(table) for language, table in phrases().items()}
