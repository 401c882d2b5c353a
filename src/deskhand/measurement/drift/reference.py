"""What is normal for a stream, by the time of the week, and how much surer we seem of it than we are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import sqrt

from deskhand.measurement.drift.signals import Kind
from deskhand.measurement.drift.tally import HOURS, SLOTS, Tally, slot

MOST = 8  # categories told apart; the rest is "other"
OTHER = "other"
WRONG = "wrong"  # the one category of a rate
SHRINK = 30.0  # observations that the mean of all times counts as, at each time of the week
MARGIN = 2.0  # a server may be slow, or a day bad, for shorter than a part of a day, and most come in some of these


@dataclass
class Slot:
    """A time of the week. `cells` of it have been: one each day. `squares`: by category, the sum over these of what it
    came to squared, divided by how many there were; `sizes`: the sum of the squares of how many there were."""

    n: int = 0
    cells: int = 0
    sizes: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    squares: dict[str, float] = field(default_factory=dict)


@dataclass
class Reference:
    """`n` observations from `since` to `until`. `own`: the sum of the squares of levels. `cell`: the time of a day that
    is being told now, with what came so far."""

    since: datetime | None = None
    until: datetime | None = None
    n: int = 0
    own: float = 0.0
    slots: list[Slot] = field(default_factory=lambda: [Slot() for _ in range(SLOTS)])
    cell: str = ""
    cell_slot: int = 0
    cell_n: int = 0
    cell_sums: dict[str, float] = field(default_factory=dict)

    def add(self, at: datetime, category: str, amount: float = 1.0) -> None:
        name = f"{at:%Y-%m-%d}/{slot(at)}"
        if name != self.cell:
            self.end_cell()
            self.cell, self.cell_slot = name, slot(at)
        self.since = min(self.since or at, at)
        self.until = max(self.until or at, at)
        self.n += 1
        self.own += amount * amount
        self.cell_n += 1
        self.cell_sums[category] = self.cell_sums.get(category, 0.0) + amount

    def end_cell(self) -> None:
        """Nothing more comes for the time of a day that was being told."""
        if self.cell_n:
            one = self.slots[self.cell_slot]
            one.n += self.cell_n
            one.cells += 1
            one.sizes += self.cell_n**2
            for name, amount in self.cell_sums.items():
                one.sums[name] = one.sums.get(name, 0.0) + amount
                one.squares[name] = one.squares.get(name, 0.0) + amount * amount / self.cell_n
        self.cell, self.cell_n, self.cell_sums = "", 0, {}

    @property
    def days(self) -> float:
        return (self.until - self.since).total_seconds() / 86_400 if self.since and self.until else 0.0


@dataclass(frozen=True)
class Normal:
    """A reference as windows are held against it. `shares`: by time of the week and category, what to expect of one
    observation; `weights`: how many observations that is known from; `spread`: the variance of one level; `alike`: how
    much observations of one part of a day have in common: the variance that they share, over that of one of them."""

    categories: tuple[str, ...]
    whole: tuple[float, ...]
    shares: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]
    n: int
    spread: float
    alike: float

    def compare(self, part: Tally) -> None:
        """Tell it what came and what was to be expected of it."""
        part.told = _sums(part.sums, self.categories, part.n, level=self.categories == ("",))
        seen = [(many, share) for many, share in zip(part.slots, self.shares, strict=True) if many]
        part.expected = [sum([many * share[place] for many, share in seen]) for place in range(len(self.categories))]

    def swing(self, n: int, hours: float) -> float:
        """How many times larger the variance of the sum of so many observations within so many hours is than it would
        be if each stood for itself."""
        return 1 + MARGIN * self.alike * n / max(1.0, hours / HOURS)

    def known_from(self, slots: Sequence[int]) -> float:
        """How many observations that expectation is as good as."""
        n = sum(slots)
        return min(
            float(self.n), n * n / sum(many * many / weight for many, weight in zip(slots, self.weights, strict=True))
        )


def normal(reference: Reference, kind: Kind) -> Normal:
    """Of a reference with no open cell."""
    level = kind is Kind.LEVEL
    slots, n = reference.slots, sum(one.n for one in reference.slots)
    totals: dict[str, float] = {}
    for one in slots:
        for name, amount in one.sums.items():
            totals[name] = totals.get(name, 0.0) + amount
    if level:
        categories: tuple[str, ...] = ("",)
        whole: tuple[float, ...] = (totals.get("", 0.0) / n,)
        spread = max(reference.own / n - whole[0] ** 2, 1e-9)
    else:
        common = sorted((name for name in totals if name != OTHER), key=lambda name: (-totals[name], name))
        mix = tuple(name for name in common[: MOST - 1] if totals[name] >= max(5, n / 50))
        categories = (*(mix if kind is Kind.MIX else (WRONG,)), OTHER)
        named = [totals.get(name, 0.0) for name in categories[:-1]]
        # Half an observation more for each: what was never seen is not impossible.
        whole = tuple((amount + 0.5) / (n + 0.5 * len(categories)) for amount in (*named, n - sum(named)))
        spread = 0.0
    shares, weights = [], []
    for one in slots:
        told = _sums(one.sums, categories, one.n, level=level)
        shares.append(
            tuple((amount + SHRINK * mean) / (one.n + SHRINK) for amount, mean in zip(told, whole, strict=True))
        )
        weights.append(one.n + SHRINK)
    return Normal(
        categories, whole, tuple(shares), tuple(weights), n, spread, _alike(slots, categories, whole, spread, level)
    )


def _sums(sums: dict[str, float], categories: Sequence[str], n: int, *, level: bool) -> list[float]:
    if level:
        return [sums.get("", 0.0)]
    named = [sums.get(name, 0.0) for name in categories[:-1]]
    return [*named, n - sum(named)]


def _alike(
    slots: Iterable[Slot], categories: Sequence[str], whole: Sequence[float], spread: float, level: bool
) -> float:
    """By moments: how far the same time of the week differs from day to day, beyond what chance explains. Levels often
    hang together for hours, so theirs is taken a standard error higher than it was seen."""
    found, freedom, room = 0.0, 0.0, 0.0
    for one in slots:
        if one.cells < 2:
            continue
        for name, mean in zip(categories if level else categories[:-1], whole, strict=False):
            between = one.squares.get(name, 0.0) - one.sums.get(name, 0.0) ** 2 / one.n
            found += between / (spread if level else mean * (1 - mean))
            freedom += one.cells - 1
            room += one.n - one.sizes / one.n
    unsure = sqrt(2 * freedom) if level else 0.0
    return max(0.0, (found - freedom + unsure) / room) if room else 0.0
