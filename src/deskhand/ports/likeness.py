"""Which of many texts mean nearly the same."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class Likeness(Protocol):
    """`above` is a cosine, 0 to 1. The same texts in the same order give the same answer."""

    def pairs(self, texts: Sequence[str], above: float) -> Iterable[tuple[int, int, float]]:
        """Places of each two texts that are at least so alike, the first before the second, with their cosine."""
        ...

    def groups(self, texts: Sequence[str], above: float) -> tuple[tuple[int, ...], ...]:
        """Places of all texts, each in one group, the most central of a group first; largest group first."""
        ...
