"""Finds kept examples by meaning. Memory and cache hold vectors only: the words are read where they can be erased."""

from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import Protocol

import numpy as np

from deskhand.domain.example import Example
from deskhand.infrastructure.search.embedder import Embedder, Vectors
from deskhand.infrastructure.search.vector_cache import VectorCache

FLOOR = 0.52  # cosine: 1 in 100 pairs of messages about different things is nearer (docs/decisions/0010)
MOST = 3
LONGEST = 8000  # characters of a message; the embedder reads the first 256 tokens


class Kept(Protocol):
    """Examples by number, as the store has them now."""

    def after(self, number: int) -> Mapping[int, Example]: ...

    def those(self, numbers: Collection[int]) -> Mapping[int, Example]: ...


class NearExamples:
    """Keeps `ports.search.Precedents`. Any number of threads may look, and any number of processes may keep and erase.

    `plain` makes a message readable, as the reader does; `cache` is a file of its own, so that it can be forgotten.
    Only messages of one language are compared. The embedder knows English: of others it finds what looks alike.
    """

    def __init__(self, embed: Embedder, cache: VectorCache, kept: Kept, plain: Callable[[str], str] = str):
        self._embed, self._cache, self._kept, self._plain = embed, cache, kept, plain
        self._lock = Lock()
        self._last = 0
        self._known: dict[str, dict[int, Vectors]] = {}  # by language and number
        self._stacked: dict[str, tuple[list[int], Vectors]] = {}  # the same as one matrix each, made when it is needed

    def near(self, message: str, language: str) -> tuple[Example, ...]:
        """See `ports.search.Precedents`."""
        numbers, vectors = self._look(language)
        if not numbers:
            return ()
        cosines = vectors @ self._embed([self._readable(message)])[0]
        near = np.flatnonzero(cosines >= FLOOR)
        # Nearest first; of equals the newest.
        ranked = [numbers[place] for place in sorted(near, key=lambda place: (-cosines[place], -place))]
        while best := ranked[:MOST]:
            found = self._kept.those(best)
            if len(found) == len(best):
                return tuple(found[number] for number in best)
            self._drop(language, set(best) - set(found))
            ranked = [number for number in ranked if number in found or number not in best]
        return ()

    def forget(self) -> None:
        """See `ports.search.Precedents`. What is still kept is embedded again when it is needed."""
        self._cache.clear()

    def _look(self, language: str) -> tuple[list[int], Vectors]:
        with self._lock:
            self._learn()
            if not (known := self._known.get(language)):
                return [], np.zeros((0, 0), np.float32)
            if language not in self._stacked:
                self._stacked[language] = list(known), np.stack(list(known.values()))
            return self._stacked[language]

    def _learn(self) -> None:
        """What was kept since the last look, by whatever process."""
        new = self._kept.after(self._last)
        if not new:
            return
        vectors = self._cache.vectors(self._embed, [self._readable(one.message) for one in new.values()])
        if not new.keys() <= self._kept.after(self._last).keys():
            self.forget()  # one was erased while we embedded it, and its vector may have come after the erasing
        for (number, one), vector in zip(new.items(), vectors, strict=True):
            self._known.setdefault(one.language, {})[number] = vector
            self._stacked.pop(one.language, None)
        self._last = max(new)

    def _drop(self, language: str, numbers: set[int]) -> None:
        with self._lock:
            for number in numbers:
                self._known[language].pop(number, None)
            self._stacked.pop(language, None)

    def _readable(self, message: str) -> str:
        return self._plain(message[:LONGEST])
