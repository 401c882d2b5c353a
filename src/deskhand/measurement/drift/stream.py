"""One signal of one procedure: first it is learned what is normal, then each stretch up to now is held against it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp, log

from deskhand.measurement.drift.evidence import Evidence, strongest
from deskhand.measurement.drift.observed import Observation
from deskhand.measurement.drift.reference import WRONG, Normal, Reference, normal
from deskhand.measurement.drift.signals import SIGNALS, Kind, Signal
from deskhand.measurement.drift.tally import Tally

STEP = 5  # observations from one look to the next
SCALE = 100  # observations that the scale of a level is learned from
REACH = 2.0  # how far from the middle one observation counts, in deviations
SETTLED = timedelta(days=14), 1000  # two of each day of the week, and so many observations
SLOWLY = timedelta(days=28), 200  # or this
SIDE_BY_SIDE = 8  # stretches of one size before two of them become one
HORIZON = timedelta(days=28)  # how far back a change is looked for
CHART = 60  # days
LEAST = 1e-4  # below this a level is taken as this: logarithms


@dataclass
class Day:
    """For the chart. `amount`: what went wrong, or the sum of levels as they were."""

    day: date
    n: int = 0
    amount: float = 0.0


@dataclass(frozen=True)
class Change:
    """`since`: where the change most likely began, with the number `seq` of the first line behind it; over `n`
    observations."""

    evidence: Evidence
    since: datetime
    seq: int
    n: int


@dataclass
class Stream:
    """`raw`: the first levels, until their scale is known. `middle` and `deviation` are of that scale. `open`: told of,
    and not handled yet; until then nothing is looked for."""

    procedure: str
    signal: str
    raw: list[tuple[datetime, float]] = field(default_factory=list)
    middle: float | None = None
    deviation: float = 1.0
    reference: Reference = field(default_factory=Reference)
    settled: bool = False
    recent: list[Tally] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    total: int = 0
    open: bool = False
    _normal: Normal | None = None

    @property
    def what(self) -> Signal:
        return SIGNALS[self.signal]

    @property
    def normal(self) -> Normal:
        """Of a settled stream."""
        if self._normal is None:
            self._normal = normal(self.reference, self.what.kind)
        return self._normal

    def take(self, one: Observation) -> bool:
        """Whether it is time for a look."""
        self.total += 1
        self._chart(one)
        if self.open:
            return False
        if self.what.kind is not Kind.LEVEL:
            category = str(one.value) if self.what.kind is Kind.MIX else (WRONG if one.value else "")
            return self._take(one.at, one.seq, category, 1.0)
        value = self._value(float(one.value))
        if self.middle is None:
            self.raw.append((one.at, value))
            if len(self.raw) >= SCALE:
                self._scale()
            return False
        return self._take(one.at, one.seq, "", self._clipped(value))

    def look(self, least: float = 0.0) -> Change | None:
        """The stretch up to now that differs most from what is normal; None where none differs at all, or the evidence
        of none reaches `least`."""
        if not self.recent:
            return None
        if self.recent[-1].n < STEP:  # what is full was compared when it became so
            self.normal.compare(self.recent[-1])
        found, place = strongest(self._bounds, self.normal, self.recent, least=least)
        if place == len(self.recent):
            return None
        return self._change(self._unscaled(found), place)

    def began(self, change: Change) -> Change:
        """The same with its beginning where that is most likely, however short ago."""
        _, place = strongest(self._bounds, self.normal, self.recent, short=True)
        return self._change(change.evidence, place)

    def _change(self, found: Evidence, place: int) -> Change:
        first = self.recent[place]
        return Change(found, first.at, first.seq, sum(part.n for part in self.recent[place:]))

    def handled(self, *, normal: bool) -> None:
        """`normal`: what it is now is what it should be, so it is learned anew. Else the old reference stands."""
        self.open, self.recent = False, []
        if normal:
            self.reference, self.settled, self._normal = Reference(), False, None
            self.raw, self.middle, self.deviation = [], None, 1.0

    @property
    def mean(self) -> float | None:
        """What is normal, over all times of the week; None for a mix, and while it is not known."""
        if not self.settled or self.what.kind is Kind.MIX:
            return None
        whole = self.normal.whole[0]
        return self.shown(whole) if self.what.kind is Kind.LEVEL else whole

    @property
    def looks_a_month(self) -> float:
        """How many there are, going by the reference."""
        return max(1.0, self.reference.n / max(self.reference.days, 1.0) * 30 / STEP)

    def lacks(self) -> tuple[int, int]:
        """Observations and days that are missing, at least, until it is known what is normal."""
        days, n = SLOWLY
        seen = self.reference.n + len(self.raw) * (self.middle is None)
        return max(0, n - seen), max(0, round(days.days - self.reference.days))

    def _take(self, at: datetime, seq: int, category: str, amount: float) -> bool:
        if not self.settled:
            self.reference.add(at, category, amount)
            self._settle()
            return False
        if not self.recent or self.recent[-1].n >= STEP:
            self.recent.append(Tally(at, seq))
        last = self.recent[-1]
        last.add(at, category, amount)
        if last.n < STEP:
            return False
        self.normal.compare(last)
        self._fold(at)
        return True

    def _settle(self) -> None:
        known = self.reference
        if any(known.days >= days.days and known.n >= n for days, n in (SETTLED, SLOWLY)):
            known.end_cell()
            self.settled = True

    def _fold(self, at: datetime) -> None:
        """Old stretches of one size become one of twice the size; what is too old is forgotten."""
        size, end = STEP, len(self.recent)
        while True:
            start = end
            while start and self.recent[start - 1].n == size:
                start -= 1
            if end - start <= SIDE_BY_SIDE:
                break
            self.recent[start : start + 2] = [self.recent[start].joined(self.recent[start + 1])]
            size, end = 2 * size, start + 1
        while self.recent[0].at < at - HORIZON:
            del self.recent[0]

    @property
    def _bounds(self) -> Signal:
        """The signal with its least change in deviations, as levels are kept."""
        what = self.what
        if what.kind is not Kind.LEVEL:
            return what
        return Signal(what.name, what.kind, what.least / self.deviation, what.worse)

    def _value(self, value: float) -> float:
        return log(max(value, LEAST)) if self.what.log else value

    def _clipped(self, value: float) -> float:
        assert self.middle is not None
        return max(-REACH, min(REACH, (value - self.middle) / self.deviation))

    def _scale(self) -> None:
        """By the median and the median distance from it, which outliers do not move; never so fine that a change which
        does not matter is many deviations."""
        values = [value for _, value in self.raw]
        self.middle = _median(values)
        self.deviation = max(1.4826 * _median([abs(one - self.middle) for one in values]), self.what.least)
        for at, value in self.raw:
            self.reference.add(at, "", self._clipped(value))
        self.raw = []
        self._settle()

    def _unscaled(self, found: Evidence) -> Evidence:
        if self.what.kind is not Kind.LEVEL or self.middle is None:
            return found
        return Evidence(found.strength, self.shown(found.was), self.shown(found.now))

    def shown(self, mean: float) -> float:
        """A mean of levels as they are kept, in the signal's own unit: of logarithms it is the geometric mean."""
        value = (self.middle or 0.0) + mean * self.deviation
        return exp(value) if self.what.log else value

    def day_value(self, day: Day) -> float:
        """Percent of a rate; of a level its mean, of logarithms the geometric one."""
        mean = day.amount / day.n
        if self.what.kind is Kind.RATE:
            return 100 * mean
        return exp(mean) if self.what.log else mean

    def _chart(self, one: Observation) -> None:
        day = one.at.date()
        if not self.days or self.days[-1].day < day:
            self.days.append(Day(day))
            del self.days[:-CHART]
        kind = self.what.kind
        self.days[-1].n += 1
        if kind is Kind.LEVEL:
            self.days[-1].amount += self._value(float(one.value))
        elif kind is Kind.RATE:
            self.days[-1].amount += float(one.value)


def _median(values: list[float]) -> float:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
