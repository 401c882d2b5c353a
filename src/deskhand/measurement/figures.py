"""Numbers with their goals: each says over how many cases it is, and none is judged over a handful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from deskhand.measurement.metrics import Metrics, quantile
from deskhand.measurement.outcome_figures import Outcomes
from deskhand.measurement.shares import Share
from deskhand.measurement.tickets_seen import Seen

ENOUGH = 30  # cases below which a rate tells little
ASSISTANT = "assistant"


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    SECONDS = "seconds"
    SCORE = "score"
    DOLLARS = "dollars"


@dataclass(frozen=True)
class Goal:
    """In the unit of its figure; None: no bound on that side."""

    low: float | None = None
    high: float | None = None

    def met(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Figure:
    """`value` is None where there is nothing to measure; `n` is the number of cases behind it, of which `needs` are
    wanted before it is told. `low` and `high` are its 95 % interval, where it is a share."""

    key: str
    value: float | None
    unit: Unit
    n: int
    needs: int = ENOUGH
    goal: Goal | None = None
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        return self.value is not None and self.n >= self.needs

    @property
    def met(self) -> bool | None:
        """None where nothing is wanted of it, or there is too little to tell."""
        return self.goal.met(self.value) if self.goal and self.value is not None and self.enough else None


@dataclass(frozen=True)
class Figures:
    operational: Sequence[Figure]
    quality: Sequence[Figure]
    business: Sequence[Figure]


def figures(numbers: Metrics, seen: Sequence[Seen], ended: Outcomes | None) -> Figures:
    """`numbers` and `seen` over the same tickets; `ended` of all that closed in this time, None when only a group of
    tickets is looked at."""
    waits = [one.wait for one in seen if one.wait is not None]
    return Figures(
        operational=[
            Figure("tickets", float(numbers.tickets), Unit.COUNT, numbers.tickets, 0),
            *([_share("deflection", ended.deflection, Goal(40, 65))] if ended else ()),
            *([_share("containment", ended.containment)] if ended else ()),
            _rate("alone", (one.alone for one in seen)),
            _rate("escalation", (one.escalated for one in seen), Goal(high=25)),
            Figure("first_response", quantile(waits, 0.5), Unit.SECONDS, len(waits), goal=Goal(high=30)),
            _percent("handoff_context", numbers.handoffs_with_90, numbers.handoffs, Goal(low=90)),
        ],
        quality=[
            _percent("compliance", numbers.policy_compliance, numbers.effects, Goal(low=100), needs=1),
            *([_share("recontacted", ended.recontacted)] if ended else ()),
            _decided(seen),
            _score("csat_assistant", [one.score for one in seen if one.score and one.rated == ASSISTANT]),
            _score("csat_people", [one.score for one in seen if one.score and one.rated != ASSISTANT]),
            _percent("asked_again", numbers.repeat_questions, numbers.agents_seen),
            Figure("corrections", numbers.corrections_per_handoff, Unit.SCORE, numbers.handoffs),
        ],
        business=[
            Figure("model_calls", float(numbers.model_calls), Unit.COUNT, numbers.messages, 0),
            _cost(numbers),
        ],
    )


def _decided(seen: Iterable[Seen]) -> Figure:
    """Suggestions that agents sent as they were, of those that they sent, edited or rejected."""
    states = ("approved", "edited", "rejected")
    counted = {state: sum(one.settled[state] for one in seen) for state in states}
    return _percent("unedited", _part(counted["approved"], sum(counted.values())), sum(counted.values()))


def _rate(key: str, flags: Iterable[bool], goal: Goal | None = None) -> Figure:
    told = list(flags)
    return _percent(key, _part(sum(told), len(told)), len(told), goal)


def _share(key: str, one: Share, goal: Goal | None = None) -> Figure:
    low, high = (None if bound is None else 100 * bound for bound in (one.low, one.high))
    value = None if one.share is None else 100 * one.share
    return Figure(key, value, Unit.PERCENT, one.of, goal=goal, low=low, high=high)


def _percent(key: str, part: float | None, n: int, goal: Goal | None = None, needs: int = ENOUGH) -> Figure:
    return Figure(key, None if part is None else 100 * part, Unit.PERCENT, n, needs, goal)


def _score(key: str, scores: Sequence[int]) -> Figure:
    return Figure(key, _part(sum(scores), len(scores)), Unit.SCORE, len(scores))


def _cost(numbers: Metrics) -> Figure:
    """Nothing to measure where no model was asked."""
    if not numbers.model_calls or numbers.model_cost is None:
        return Figure("model_cost", None, Unit.DOLLARS, 0)
    return Figure("model_cost", _part(numbers.model_cost, numbers.tickets), Unit.DOLLARS, numbers.tickets)


def _part(some: float, of: int) -> float | None:
    return some / of if of else None
