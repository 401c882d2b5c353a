"""How sure a figure is: intervals of quantiles, of means and of differences. Those of shares: `shares.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor, sqrt

from deskhand.measurement.shares import NORMAL_95, Share


@dataclass(frozen=True)
class Ranked:
    """A quantile by nearest rank, of `n` values; `low` and `high` are values of the sample, None where it is too small
    to bound that side."""

    n: int
    value: float | None
    low: float | None
    high: float | None


def ranked(values: Mapping[int, int], q: float) -> Ranked:
    """Of values with how often each was seen: the smallest that at least `q` of all do not exceed. Its 95 % interval
    are the order statistics around it, by the normal approximation of the binomial."""
    n = sum(values.values())
    if not n:
        return Ranked(0, None, None, None)
    half = NORMAL_95 * sqrt(n * q * (1 - q))
    below, above = floor(n * q - half), ceil(n * q + half) + 1
    found = _at(values, [max(1, ceil(q * n)), below, above])
    return Ranked(n, found[0], found[1] if below >= 1 else None, found[2] if above <= n else None)


def _at(values: Mapping[int, int], ranks: list[int]) -> list[float]:
    """The values at these ranks, from 1; the ends for ranks beyond them."""
    wanted = sorted(set(ranks))
    found: dict[int, float] = {}
    seen, place, value = 0, 0, 0
    for value in sorted(values):
        seen += values[value]
        while place < len(wanted) and wanted[place] <= seen:
            found[wanted[place]] = value
            place += 1
    return [found.get(rank, value) for rank in ranks]


@dataclass(frozen=True)
class Difference:
    """Of two shares; `low` and `high` are its 95 % interval."""

    value: float
    low: float
    high: float


def difference(strata: Iterable[tuple[float, Share, Share]]) -> Difference | None:
    """Of the first shares less the second, each pair with its weight: weights come to 1 here. Newcombe's interval,
    from those of Wilson, stratum by stratum. None where nothing can be compared."""
    known = [(weight, one, other) for weight, one, other in strata if weight and one.of and other.of]
    whole = sum(weight for weight, _, _ in known)
    if not known:
        return None
    value = below = above = 0.0
    for weight, one, other in known:
        part = weight / whole
        a, low_a, high_a = _told(one)
        b, low_b, high_b = _told(other)
        value += part * (a - b)
        below += part**2 * ((a - low_a) ** 2 + (high_b - b) ** 2)
        above += part**2 * ((high_a - a) ** 2 + (b - low_b) ** 2)
    return Difference(value, value - sqrt(below), value + sqrt(above))


def _told(one: Share) -> tuple[float, float, float]:
    assert one.share is not None
    assert one.low is not None
    assert one.high is not None
    return one.share, one.low, one.high


def ratings_needed(share: float, margin: float = 0.05) -> int:
    """In each arm, to show with 80 % power that one is not worse than the other by `margin`, where both have this
    share."""
    return ceil((NORMAL_95 + 0.841621) ** 2 * 2 * share * (1 - share) / margin**2)
