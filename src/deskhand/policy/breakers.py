"""Circuit breakers: how much the assistant may do alone before everything stops until a person has looked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.domain.money import Money


@dataclass(frozen=True)
class Breakers:
    """`per_minute`: actions without a person; None is no limit. `per_day`: money by currency within 24 hours; a
    currency that is not named has no cap of its own."""

    per_minute: int | None = None
    per_day: Mapping[str, Money] = field(default_factory=dict)


def tripped(breakers: Breakers, *, lately: int, moved: int, next_amount: Money | None) -> str:
    """Why the next action without a person would be one too many; empty when it would not.

    `lately`: actions in the last minute; `moved`: minor units of the action's currency in the last 24 hours.
    """
    if breakers.per_minute is not None and lately >= breakers.per_minute:
        return f"the assistant did {lately} actions alone within a minute, and [breakers] allows {breakers.per_minute}"
    cap = breakers.per_day.get(next_amount.currency) if next_amount else None
    if next_amount and cap and moved + next_amount.minor > cap.minor:
        so_far = Money(moved, cap.currency)
        return f"the assistant moved {so_far} alone within a day; {next_amount} more would pass the {cap} of [breakers]"
    return ""
