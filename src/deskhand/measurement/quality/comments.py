"""What customers said with their ratings: those that mean the same together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

ALIKE = 0.6  # cosine to the most central comment of a group
SHOWN = 3
MOST = 5_000  # comments that are compared, the newest
Groups = Callable[[Sequence[str], float], tuple[tuple[int, ...], ...]]


@dataclass(frozen=True)
class Cluster:
    """`examples`: the most central first. `score`: the mean of their ratings."""

    count: int
    score: float
    examples: tuple[str, ...]
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Comments:
    """`clusters` of two and more, the largest first; `alone`: how many are like no other."""

    count: int
    clusters: tuple[Cluster, ...]
    alone: int


def clustered(said: Sequence[tuple[str, int, str]], groups: Groups) -> Comments:
    """`said`: ticket, score and words, which are masked already."""
    compared = said[-MOST:]
    found = [[compared[place] for place in group] for group in groups([words for _, _, words in compared], ALIKE)]
    return Comments(
        len(said),
        tuple(
            Cluster(
                len(group),
                sum(score for _, score, _ in group) / len(group),
                tuple(dict.fromkeys(words for _, _, words in group))[:SHOWN],
                tuple(ticket for ticket, _, _ in group),
            )
            for group in found
            if len(group) > 1
        ),
        sum(len(group) == 1 for group in found),
    )
