"""Messy text as it was probably meant: short forms, drawn-out letters, misspelt words of the desk's own language."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from deskhand.infrastructure.brain.lists import words
from deskhand.infrastructure.search.wordpiece import vocabulary

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
UNTOUCHED = re.compile(r"\S*(?:@|://|www\.|\d)\S*|\S*\.\w{2,}\S*")
DRAWN_OUT = re.compile(r"(\w)\1{2,}")
COMMON = 12_000  # BERT numbers whole words by how common they are
SHORTEST, TWO_WRONG, LONGEST = 4, 7, 24  # letters: to be corrected at all, with two mistakes, and at most
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDINGS = ("'s", "s", "es", "d", "ed", "ing", "ly")
SOUNDS = (
    (re.compile(r"\b4(?= (?:my|the|me|a|an|this|that|our|your|last|ur|it)\b)", re.IGNORECASE), "for"),
    (re.compile(r"(?<=[a-z] )2(?= (?:get|be|my|me|the|cancel|pay|change|see|do|u|you|know|log|reset)\b)", re.I), "to"),
    (re.compile(r"\b(?:2x|x2|(?:2|two) times)\b", re.IGNORECASE), "twice"),
    (re.compile(r"\bb4\b", re.IGNORECASE), "before"),
    (re.compile(r"\bw/o\b", re.IGNORECASE), "without"),
    (re.compile(r"\bw/", re.IGNORECASE), "with "),
    (re.compile(r"\blog[ -]?in\b", re.IGNORECASE), "log in"),
)


class Spells(Protocol):
    """What reads messy text: a `Spelling`, or the one of this moment."""

    def __call__(self, text: str) -> str: ...

    def knows(self, word: str) -> bool: ...


class Spelling:
    """`written` are the desk's own texts: their words are right as they are, and a near miss is taken for one of them.

    `samples` are customers' words, slips among them. `names` are the company's own: they tell nothing apart.
    """

    def __init__(self, written: Iterable[str], samples: Iterable[str] = (), names: Iterable[str] = ()):
        longest_first = sorted(filter(None, names), key=len, reverse=True)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b", re.IGNORECASE)
        self._english, self._short = vocabulary(), words("short_forms")
        own = _count(written)
        # In a sample, a strange word that occurs once is as likely a slip as a term.
        said = _count(samples).items()
        own.update({word: count for word, count in said if count > 1 or word in own or word in self._english})
        self._own = own
        self._lengths: dict[tuple[str, int], list[str]] = {}
        for word in own:
            self._lengths.setdefault((word[0], len(word)), []).append(word)
        self._right = lru_cache(8192)(self._correct)

    def __call__(self, text: str) -> str:
        """The same text with known short forms written out and unknown words corrected where a near word is known."""
        text = self.nameless(text)
        for sound, meant in SOUNDS:
            text = sound.sub(meant, text)
        return re.sub(r"\S+", self._token, text)

    def nameless(self, text: str) -> str:
        """The same text with "it" for the company, whose name would make all texts alike."""
        return self._names.sub("it", text)

    def knows(self, word: str) -> bool:
        """Whether it is a word of this desk or a whole word of the model's vocabulary, or one with a usual ending."""
        forms = (word, *(word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 3))
        return any(form in self._own or form in self._english for form in forms)

    def _token(self, found: re.Match[str]) -> str:
        token = found[0]
        return token if UNTOUCHED.fullmatch(token.rstrip(".,;:!?)")) else WORD.sub(self._word, token)

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        # A capital inside a text is a name: people and products are left alone.
        name = word[:1].isupper() and not word.isupper() and found.start() > 0
        lower = word.lower()
        return word if name or (lower in self._own and lower not in self._short) else self._right(lower, word)

    def _correct(self, lower: str, word: str) -> str:
        if lower in self._short and self._own[lower] < 3:
            return self._short[lower]
        for less in (lower, DRAWN_OUT.sub(r"\1\1", lower), DRAWN_OUT.sub(r"\1", lower)):
            if less in self._short:
                return self._short[less]
            if self.knows(less):
                return word if less == lower else less
        plain = DRAWN_OUT.sub(r"\1", lower)
        if not SHORTEST <= len(plain) <= LONGEST or not (plain.isascii() and plain.isalpha()):
            return word
        return self._near(plain) or word

    def _near(self, word: str) -> str | None:
        """The desk's likeliest word with one mistake, else a common English one, else the desk's with two."""
        one = set(one_wrong(word))
        if own := [near for near in one if near in self._own]:
            return max(own, key=lambda near: (near[0] == word[0], self._own[near]))
        if common := [near for near in one if self._english.get(near, COMMON) < COMMON]:
            return min(common, key=lambda near: (near[0] != word[0], self._english[near]))
        if len(word) < TWO_WRONG:
            return None
        same = [near for size in range(-2, 3) for near in self._lengths.get((word[0], len(word) + size), ())]
        two = [near for near in same if len(near) >= SHORTEST and distance(word, near) <= 2]
        return max(two, key=lambda near: self._own[near]) if two else None


class SpellingNow:
    """Asks for the spelling each time: the desk's own words change with its articles."""

    def __init__(self, now: Callable[[], Spelling]):
        self._now = now

    def __call__(self, text: str) -> str:
        return self._now()(text)

    def knows(self, word: str) -> bool:
        return self._now().knows(word)


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in WORD.findall(text))


def one_wrong(word: str) -> Iterator[str]:
    """The word with one letter too few, too many, another, or swapped with the next."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def distance(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with the next, to make one of the other."""
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
