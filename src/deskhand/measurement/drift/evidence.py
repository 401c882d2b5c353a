"""How surely a stretch of observations differs from what is normal, in natural logarithms of odds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import erfc, exp, gamma, log, sqrt
from operator import add, sub

from deskhand.measurement.drift.reference import OTHER, Normal
from deskhand.measurement.drift.signals import Kind, Signal
from deskhand.measurement.drift.tally import SLOTS, Tally

FEWEST = {Kind.RATE: 15, Kind.LEVEL: 30, Kind.MIX: 30}
ROUNDED = 1e-6  # what rounding may take from a bound
RARE = 5.0  # a category that fewer than so many are expected of is told with the rest


@dataclass(frozen=True)
class Evidence:
    """`strength`: the logarithm of how much better a change explains the stretch than none does; chance brings forth
    so much with a probability of at most e to the minus `strength`, for one stretch. `was` and `now`: what was
    expected and what came: a share, or the middle of a level; of a mix, the share of `category`, which changed most."""

    strength: float
    was: float
    now: float
    category: str = ""


NONE = Evidence(0.0, 0.0, 0.0)


def strongest(
    signal: Signal, normal: Normal, parts: Sequence[Tally], *, least: float = 0.0, short: bool = False
) -> tuple[Evidence, int]:
    """Of all stretches that end now, the one that differs most, with the place of its first part. Changes in the good
    direction count as nothing, and so do those that are smaller than what matters, and evidence below `least`. `short`:
    also stretches too short to raise an alarm by themselves."""
    best, place = NONE, len(parts)
    slots, summed = [0] * SLOTS, len(parts)
    for at, n, told, expected in _stretches(signal, parts):
        if n < FEWEST[signal.kind] and not short:
            continue
        if (most := _at_most(signal, normal, n, told, expected)) < least or most <= best.strength:
            continue
        while summed > at:
            summed -= 1
            slots = list(map(add, slots, parts[summed].slots))
        known = normal.known_from(slots)
        swing = normal.swing(n, (parts[-1].at - parts[at].at).total_seconds() / 3600)
        found = _evidence(signal, normal, n, told, expected, known, swing, len(parts))
        if found.strength >= least and found.strength > best.strength:
            best, place = found, at
    return best, place


def _stretches(signal: Signal, parts: Sequence[Tally]) -> Iterator[tuple[int, int, Sequence[float], Sequence[float]]]:
    """Those with a change that matters, the shortest first: place of the first part, observations, what came and what
    was to be expected; of a rate only what went wrong."""
    # There are many stretches and a look comes often: sums run over all of them at once.
    back = parts[::-1]
    sizes = list(accumulate([part.n for part in back]))
    columns = range(len(back[0].told) if signal.kind is Kind.MIX else 1)
    told = [list(accumulate([part.told[column] for part in back])) for column in columns]
    expected = [list(accumulate([part.expected[column] for part in back])) for column in columns]
    gaps = [list(map(sub, came, due)) for came, due in zip(told, expected, strict=True)]
    far = gaps[0] if len(gaps) == 1 else list(map(max, *(map(abs, gap) for gap in gaps)))
    least, sign = signal.least, 1 if signal.kind is Kind.MIX else signal.worse
    for place, (n, gap) in enumerate(zip(sizes, far, strict=True)):
        if sign * gap >= least * n:
            yield len(parts) - 1 - place, n, [one[place] for one in told], [one[place] for one in expected]


def _at_most(signal: Signal, normal: Normal, n: int, told: Sequence[float], expected: Sequence[float]) -> float:
    """What the evidence cannot be above, and is told sooner: as if what is normal were known for certain, and nothing
    hung together. Most stretches are done with here."""
    if signal.kind is Kind.LEVEL:
        return n * normal.n / (n + normal.n) * ((told[0] - expected[0]) / n) ** 2 / (2 * normal.spread) + ROUNDED
    if signal.kind is Kind.RATE:
        told, expected = (told[0], n - told[0]), (expected[0], n - expected[0])
    return _far(told, expected) + ROUNDED


def _evidence(
    signal: Signal,
    normal: Normal,
    n: int,
    told: Sequence[float],
    expected: Sequence[float],
    known: float,
    swing: float,
    stretches: int,
) -> Evidence:
    match signal.kind:
        case Kind.RATE:
            return _rate(n, told[0] / n, expected[0] / n, known, swing)
        case Kind.LEVEL:
            now, was = told[0] / n, expected[0] / n
            ratio = n * known / (n + known) * (now - was) ** 2 / (2 * normal.spread)
            return Evidence(ratio / swing, was, now)
        case Kind.MIX:
            return _mix(normal, n, told, expected, known, swing, stretches)


def _rate(n: int, now: float, was: float, known: float, swing: float) -> Evidence:
    both = (n * now + known * was) / (n + known)
    ratio = n * _far((now, 1 - now), (both, 1 - both)) + known * _far((was, 1 - was), (both, 1 - both))
    return Evidence(ratio / swing, was, now)


def _mix(
    normal: Normal, n: int, told: Sequence[float], expected: Sequence[float], known: float, swing: float, stretches: int
) -> Evidence:
    """The G-test of a stretch against what is normal, each taken as a sample."""
    now = {name: amount / n for name, amount in zip(normal.categories, told, strict=True)}
    was = {name: amount / n for name, amount in zip(normal.categories, expected, strict=True)}
    for name in normal.categories[:-1]:
        if n * was[name] < RARE:
            was[OTHER] += was.pop(name)
            now[OTHER] += now.pop(name)
    if len(was) < 2:
        return NONE
    most = max(was, key=lambda name: (abs(now[name] - was[name]), name))
    both = [(n * now[name] + known * was[name]) / (n + known) for name in was]
    ratio = n * _far([now[name] for name in was], both) + known * _far(list(was.values()), both)
    ratio /= swing
    # With several categories chance has several ways to differ; and this tail is no bound with room in it, so that each
    # stretch that was looked at counts.
    chance = -log(max(_beyond(2 * ratio, len(was) - 1), 1e-300))
    return Evidence(max(0.0, min(ratio, chance) - log(stretches)), was[most], now[most], most)


def _far(seen: Sequence[float], expected: Sequence[float]) -> float:
    """Kullback and Leibler's divergence."""
    return sum(one * log(one / other) for one, other in zip(seen, expected, strict=True) if one > 0)


def _beyond(square: float, freedom: int) -> float:
    """The probability that chi-square with so many degrees of freedom is larger."""
    half = square / 2
    a, tail = (1.0, exp(-half)) if freedom % 2 == 0 else (0.5, erfc(sqrt(half)))
    while a < freedom / 2:
        tail += half**a * exp(-half) / gamma(a + 1)
        a += 1
    return tail
