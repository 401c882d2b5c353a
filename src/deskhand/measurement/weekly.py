"""A week of a desk: every metric against the week before and against the time before the assistant, and what people
should look at."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import sqrt

from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.metric import BEFORE as BEFORE_THE_ASSISTANT
from deskhand.measurement.metric import CASES_BEFORE, Metric, Unit, Value
from deskhand.measurement.outcome_figures import Outcomes

WEEK = timedelta(days=7)
# What imported history tells of people, by the metric that it is held against.
BEFORE = {
    "csat_assistant": "csat_people",
    "csat_people": "csat_people",
    "first_response": "first_response",
    "resolution_time": "resolution_time",
}
OWN_PERIOD = frozenset({"csat_difference", "retention"})  # not of the week: two of them tell of the same tickets


@dataclass(frozen=True)
class Week:
    """An ISO week, from Monday to Sunday in UTC, as all days of the roll-ups are."""

    monday: date

    @classmethod
    def parse(cls, text: str) -> "Week":
        """From "2026-W47". ValueError for anything else."""
        found = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)
        try:
            if found:
                return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:
            pass
        raise ValueError(f"{text!r} is no week such as 2026-W47")

    @classmethod
    def last(cls, now: datetime) -> "Week":
        """The newest one that is over."""
        today = now.astimezone(UTC).date()
        return cls(today - timedelta(days=today.weekday()) - WEEK)

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year:04}-W{number:02}"

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.monday + WEEK, time(), UTC)

    @property
    def before(self) -> "Week":
        return Week(self.monday - WEEK)

    @property
    def after(self) -> "Week":
        return Week(self.monday + WEEK)


@dataclass(frozen=True)
class Change:
    """In the unit of the metric, points for a share. `low` and `high` are its 95 % interval, None where one of the two
    values has none."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def clear(self) -> bool:
        """Whether chance alone is no good explanation of it."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Line:
    """One metric. `before`: the week before; `past`: before the assistant, None where history tells nothing of it.
    `tickets`: some of those behind it, where somebody should look."""

    metric: Metric
    now: Value
    before: Value
    past: Value | None
    change: Change | None
    tickets: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        return self.metric.enough(self.now)

    @property
    def met(self) -> bool | None:
        return self.metric.met(self.now)

    @property
    def worse(self) -> bool:
        """Surely so, and not only by chance; never of a metric that nothing is wanted of."""
        goal = self.metric.goal
        if not (goal and self.change and self.change.clear):
            return False
        return self.change.value < 0 if goal.low is not None else self.change.value > 0


class What(StrEnum):
    FINDING = "finding"
    DRIFT = "drift"
    GAP = "gap"
    PROMOTE = "promote"
    STEPPED_BACK = "stepped back"
    BROKEN = "broken"


@dataclass(frozen=True)
class Look:
    """Something that a person should see to. `procedure`: "" for the whole desk; `name`: of a signal, a kind of
    finding, a stage, or why there is a gap; `n`: how many messages or decisions. Names and numbers of ours, no words of
    anybody."""

    what: What
    procedure: str = ""
    name: str = ""
    n: int = 0
    at: datetime | None = None
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weekly:
    """`final`: when no ticket of the week can change its outcome any more. `behind`: lines of the journal that were not
    counted yet."""

    company: str
    week: Week
    at: datetime
    final: datetime
    lines: Sequence[Line]
    outcomes: Outcomes
    look: Sequence[Look]
    behind: int = 0

    @property
    def settled(self) -> bool:
        return self.at >= self.final

    @property
    def to_see(self) -> Sequence[Line]:
        """Metrics that missed what the guide asks for, or that are surely worse than a week ago."""
        return [one for one in self.lines if one.met is False or one.worse]


def lines(now: Mapping[str, Value], before: Mapping[str, Value], past: Mapping[str, Value]) -> list[Line]:
    """Every metric, in their order."""
    return [
        Line(
            one,
            now[one.key],
            before[one.key],
            _past(one, now[one.key], past),
            change(one, now[one.key], before[one.key]),
        )
        for one in METRICS
    ]


def change(metric: Metric, now: Value, before: Value) -> Change | None:
    """None where one of the two is not told. The interval of a difference from those of its parts (Newcombe; MOVER)."""
    if metric.key in OWN_PERIOD or not (metric.enough(now) and metric.enough(before)):
        return None
    one, other = now.value, before.value
    assert one is not None
    assert other is not None
    if None in (now.low, now.high, before.low, before.high):
        return Change(one - other)
    assert now.low is not None and now.high is not None  # noqa: PT018
    assert before.low is not None and before.high is not None  # noqa: PT018
    below = sqrt((one - now.low) ** 2 + (before.high - other) ** 2)
    above = sqrt((now.high - one) ** 2 + (other - before.low) ** 2)
    return Change(one - other, one - other - below, one - other + above)


def in_unit(unit: Unit, value: float) -> str:
    """A value as letters and pages write it, to the digits that somebody reads."""
    match unit:
        case Unit.PERCENT:
            return f"{value:.1f} %"
        case Unit.DOLLARS:
            return f"{value:.4f} $" if 0 < abs(value) < 1 else f"{value:.2f} $"
        case Unit.SECONDS | Unit.MINUTES | Unit.MILLISECONDS:
            short = {Unit.SECONDS: "s", Unit.MINUTES: "min", Unit.MILLISECONDS: "ms"}[unit]
            return f"{value:.1f} {short}" if abs(value) < 10 else f"{value:,.0f} {short}"
        case Unit.COUNT:
            return f"{value:,.0f}"
        case Unit.TICKETS | Unit.POINTS:
            return f"{value:.1f}"


def _past(one: Metric, now: Value, past: Mapping[str, Value]) -> Value | None:
    key = BEFORE.get(one.key)
    found = past.get(key) if key else None
    if found is None and (known := now.parts.get(BEFORE_THE_ASSISTANT)) is not None:
        found = Value(known, int(now.parts[CASES_BEFORE] or 0))
    return found if found is not None and one.enough(found) else None
