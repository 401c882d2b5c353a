"""What writing first was good for: those we wrote to beside those who were held out."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

ENOUGH = 30  # in each group: below that a difference says nothing
SURE = 1.96  # standard deviations on each side: 95 %


@dataclass(frozen=True)
class Followed:
    """One contact, `held_out` or written to: whether the customer `wrote` to us within two weeks, and whether the
    matter was `solved` when we looked again (None: not looked yet)."""

    family: str
    held_out: bool
    wrote: bool
    solved: bool | None


@dataclass(frozen=True)
class Group:
    people: int
    wrote: int
    looked_at: int
    solved: int


@dataclass(frozen=True)
class Effect:
    """`difference`: the share that was solved among those we wrote to, less that among those held out, with its 95 %
    interval `between`; None while one of the groups has fewer than `ENOUGH` to look at."""

    family: str
    contacted: Group
    held_out: Group
    difference: float | None
    between: tuple[float, float] | None


def effects(followed: Iterable[Followed]) -> list[Effect]:
    """By family, in order of their names."""
    by_family: dict[str, list[Followed]] = {}
    for one in followed:
        by_family.setdefault(one.family, []).append(one)
    return [_effect(family, by_family[family]) for family in sorted(by_family)]


def _effect(family: str, every: list[Followed]) -> Effect:
    ours, theirs = (_group([one for one in every if one.held_out is held]) for held in (False, True))
    if min(ours.looked_at, theirs.looked_at) < ENOUGH:
        return Effect(family, ours, theirs, None, None)
    one, other = ours.solved / ours.looked_at, theirs.solved / theirs.looked_at
    wide = SURE * sqrt(one * (1 - one) / ours.looked_at + other * (1 - other) / theirs.looked_at)
    return Effect(family, ours, theirs, one - other, (one - other - wide, one - other + wide))


def _group(every: list[Followed]) -> Group:
    looked = [one for one in every if one.solved is not None]
    return Group(len(every), sum(one.wrote for one in every), len(looked), sum(one.solved is True for one in looked))
