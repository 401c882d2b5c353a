"""Cuts articles into passages and embeds these, a transaction's worth at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np

from deskhand.domain.article import Article, Passage
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.passages import passages

AT_ONCE = 128  # articles of one transaction: a crash costs no more than these
TEXTS = 64  # for one thread at a time
PATIENCE = 2.0  # seconds of work before anything is told of it
SHORT = 60  # words of a passage whose title would outweigh it
TITLE, BOTH, BODY = 0.25, 0.5, 0.25  # what a passage's vector is made of; see docs/performance.md
INTERNAL = "internal"  # kept, and never cut: what is in no index is found by nobody
T = TypeVar("T")
Told = Callable[[str, int, int], None]


def untold(source: str, done: int, of: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Cut:
    """An article, its passages and their vectors."""

    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors


class Cutter:
    """`nameless`, `told`, `timer` and `threads` are those of `KeptLibrary`."""

    def __init__(
        self, embed: Embedder, nameless: Callable[[str], str], told: Told, timer: Callable[[], float], threads: int
    ):
        self._embed, self._nameless, self._told, self._timer, self._threads = embed, nameless, told, timer, threads

    def __call__(self, source: str, wanted: Sequence[Article]) -> Iterator[list[Cut]]:
        """What an article is made of, for a transaction at a time."""
        began = last = self._timer()
        done = 0
        for part in parts(wanted, AT_ONCE):
            pieces = [passages(one) if one.audience != INTERNAL else () for one in part]
            vectors = self._vectors([one for piece in pieces for one in piece])
            ends = np.cumsum([len(one) for one in pieces])
            yield list(map(Cut, part, pieces, np.split(vectors, ends[:-1])))
            done += len(part)
            now = self._timer()
            if now - began > PATIENCE and (now - last >= 1 or done == len(wanted)):
                self._told(source, done, len(wanted))
                last = now

    def _vectors(self, pieces: Sequence[Passage]) -> Vectors:
        if not pieces:
            return self._embed([])
        whole = [f"{one.title}\n{one.heading}\n{one.text}" for one in pieces]
        # A long text outweighs its title by itself, and costs most of the time.
        bodies = [
            f"{one.heading}\n{one.text}" if len(one.text.split()) <= SHORT else all_of_it
            for one, all_of_it in zip(pieces, whole, strict=True)
        ]
        texts = [one.title for one in pieces], whole
        each = list(dict.fromkeys(self._nameless(text) for kind in (*texts, bodies) for text in kind))
        batches = list(parts(sorted(each, key=len), TEXTS))
        with ThreadPoolExecutor(self._threads) as pool:
            rows = np.concatenate(list(pool.map(self._embed, batches)))
        place = {text: row for row, text in enumerate(text for part in batches for text in part)}
        title, both, body = (rows[[place[self._nameless(text)] for text in kind]] for kind in (*texts, bodies))
        return np.asarray(TITLE * title + BOTH * both + BODY * body, np.float32)


def parts(of: Iterable[T], size: int) -> Iterable[list[T]]:
    """Lists of this size; the last one may be shorter."""
    rest = iter(of)
    return iter(lambda: list(islice(rest, size)), [])
