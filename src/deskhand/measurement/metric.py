"""What a metric is: its definition beside the function that computes it, and the value with its number and interval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.measurement.entry import Entry
from deskhand.measurement.shares import Share, share
from deskhand.measurement.sums import Cohort, Sums

VERSION = 2  # raised when a definition changes, so that figures of two versions are never compared unawares
ENOUGH = 30  # cases below which a figure tells little


class Unit(StrEnum):
    PERCENT = "percent"
    SECONDS = "seconds"
    MINUTES = "minutes"
    DOLLARS = "dollars"
    TICKETS = "tickets"
    POINTS = "points"
    MILLISECONDS = "milliseconds"
    COUNT = "count"


class Group(StrEnum):
    """Of the guide."""

    OPERATIONAL = "operational"
    QUALITY = "quality"
    BUSINESS = "business"
    HEALTH = "health"


@dataclass(frozen=True)
class Goal:
    """In the unit of its metric; None: no bound on that side."""

    low: float | None = None
    high: float | None = None

    def met(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Value:
    """`value` is None where there is nothing to measure, and `says` why, or what it comes to in words. `n` cases are
    behind it; `low` and `high` are its 95 % interval. `parts`: what is told beside it, by name."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    parts: Mapping[str, float | None] = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True)
class Costs:
    """What a desk pays beside models, in US dollars: an agent's hour with all that goes with it, and a month's hosting,
    licences and fees. `minutes_before`: what an agent spent on one ticket before the assistant. None: nobody has
    said."""

    agent_hour: float | None = None
    fixed_month: float | None = None
    minutes_before: float | None = None


@dataclass(frozen=True)
class About:
    """What sums are of, beside the tickets in them. `days`: how long the period is; `closed`: tickets of the whole desk
    that closed in it, over which fixed costs are spread. `cohort`: sums of the tickets that closed in the last 28 days
    that are looked at as one, None where that is not to be had. `before`: the same sums of imported tickets, from
    before the assistant."""

    days: float
    closed: int
    costs: Costs = Costs()
    cohort: Sums | None = None
    before: Sums | None = None


@dataclass(frozen=True)
class When:
    """What says whether an entry belongs to a figure at this moment."""

    now: datetime
    window: timedelta


Measure = Callable[[Sums, About], Value]
Behind = Callable[[Entry, When], bool]


@dataclass(frozen=True)
class Metric:
    """`formula` in words; `counts` and `omits`: what counts, and what does not. `guide`: what the guide asks for,
    `ours`: what we want, both in words; `goal`: the guide's, to hold a value to. `needs`: cases below which it is not
    told. `section`: where its definition stands in the guide's terms. `behind`: whether a ticket is one of those that
    somebody who asks about the figure wants to see; `shows` says in words which these are."""

    key: str
    name: str
    group: Group
    question: str
    formula: str
    unit: Unit
    cohort: Cohort
    counts: str
    omits: str
    guide: str
    ours: str
    section: str
    interval: str
    measure: Measure
    behind: Behind
    shows: str
    goal: Goal | None = None
    needs: int = ENOUGH

    def enough(self, value: Value) -> bool:
        return value.value is not None and value.n >= self.needs

    def met(self, value: Value) -> bool | None:
        """None where nothing is wanted of it, or there is too little to tell."""
        return self.goal.met(value.value) if self.goal and value.value is not None and self.enough(value) else None


WILSON = "Wilson"
NONE = "none"
RANKS = "order statistics, normal approximation"


def of(n: int, whole: int, parts: Mapping[str, float | None] | None = None, says: str = "") -> Value:
    """A share as a percentage, with the interval of Wilson."""
    return percent(share(n, whole), parts, says)


def percent(one: Share, parts: Mapping[str, float | None] | None = None, says: str = "") -> Value:
    value, low, high = (None if some is None else 100 * some for some in (one.share, one.low, one.high))
    return Value(value, one.of, low, high, {"cases": one.n, **(parts or {})}, says)


# Parts of a value that is held against imported history.
BEFORE, CASES_BEFORE, CHANGE = "before the assistant", "cases before", "change, %"


def against(value: float | None, before: float | None, n: int) -> dict[str, float | None]:
    """What stands beside a value: how it was before the assistant, over so many cases, and what has changed since, in
    percent; None where one of the two is unknown, or is of a handful."""
    change = None
    if value is not None and before and n >= ENOUGH:
        change = 100 * (value / before - 1)
    return {BEFORE: before, CASES_BEFORE: float(n), CHANGE: change}


def part(n: float, whole: float, times: float = 1) -> float | None:
    """None where there is nothing to divide by."""
    return times * n / whole if whole else None
