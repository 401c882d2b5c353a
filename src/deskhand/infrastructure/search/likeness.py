"""Texts that mean nearly the same, among many: products of vectors, a block of rows at a time."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from deskhand.infrastructure.search.embedder import Embedder, Vectors

BLOCK = 512  # rows of a product: 20 MB beside 10,000 texts
CHUNK = 64  # texts between two reports of progress
Progress = Callable[[int, int], None]
Embed = Callable[[Embedder, Sequence[str]], Vectors]


def _silent(done: int, all: int) -> None:
    """Nobody waits."""


class Alike:
    """Keeps `ports.likeness.Likeness`. `vectors` embeds, with or without a cache; texts that were embedded for one
    question are kept for the next. `progress` is told how many texts are embedded."""

    def __init__(self, embed: Embedder, vectors: Embed | None = None, progress: Progress = _silent):
        self._embed, self._vectors, self._progress = embed, vectors or (lambda embed, texts: embed(texts)), progress
        self._known: dict[str, NDArray[np.float32]] = {}

    def pairs(self, texts: Sequence[str], above: float) -> Iterator[tuple[int, int, float]]:
        """See `ports.likeness.Likeness`. Never holds more than a block of the product."""
        vectors = self._all(texts)
        for start in range(0, len(texts), BLOCK):
            cosine = vectors[start : start + BLOCK] @ vectors[start:].T
            rows, columns = np.nonzero(cosine >= above)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                if row < column:
                    yield start + row, start + column, float(cosine[row, column])

    def groups(self, texts: Sequence[str], above: float) -> tuple[tuple[int, ...], ...]:
        """See `ports.likeness.Likeness`. The text with the most texts near it takes them, then the next that is left:
        so no group is a chain whose ends have nothing in common."""
        vectors = self._all(texts)
        near = np.zeros(len(texts), np.int64)
        for start in range(0, len(texts), BLOCK):
            near[start : start + BLOCK] = ((vectors[start : start + BLOCK] @ vectors.T) >= above).sum(axis=1)
        left, here = np.arange(len(texts)), vectors
        free = np.ones(len(texts), bool)
        found: list[tuple[int, ...]] = []
        for centre in np.argsort(-near, kind="stable").tolist():
            if not free[centre]:
                continue
            if near[centre] <= 1:
                found.append((centre,))
                continue
            if 2 * int(free.sum()) < len(left):  # copied seldom, and never much is looked at that is taken
                left = np.flatnonzero(free)
                here = vectors[left]
            cosine = np.where(free[left], here @ vectors[centre], -1.0)
            cosine[np.searchsorted(left, centre)] = 2.0
            fitting = np.flatnonzero(cosine >= above)
            taken = left[fitting[np.argsort(-cosine[fitting], kind="stable")]]
            free[taken] = False
            found.append(tuple(taken.tolist()))
        return tuple(sorted(found, key=lambda group: (-len(group), group[0])))

    def _all(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), CHUNK):
            part = new[start : start + CHUNK]
            self._known |= zip(part, self._vectors(self._embed, part), strict=True)
            self._progress(start + len(part), len(new))
        return np.stack([self._known[text] for text in texts]) if texts else np.zeros((0, 1), np.float32)
