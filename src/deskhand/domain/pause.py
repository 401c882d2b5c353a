"""The kill switch: what is paused has no effect on anybody until a person lifts the pause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

DESK = "desk"
BREAKER = "breaker"  # who pauses when a circuit breaker trips


@dataclass(frozen=True)
class Pause:
    """`scope` is "desk", "action:<name>", "procedure:<id>", "ticket:<ref>" or "customer:<ref>"; `by` a person's id, or
    "breaker"."""

    scope: str
    by: str
    why: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.scope} is paused since {self.at:%Y-%m-%d %H:%M} UTC by {self.by}: {self.why}"


def scopes(actions: Iterable[str], procedures: Iterable[str], ticket: str = "", customer: str = "") -> frozenset[str]:
    """Every scope whose pause stops a deed with these, on this ticket and for this customer; refs as text."""
    named = {"ticket": ticket, "customer": customer}
    return frozenset(
        (
            DESK,
            *(f"action:{one}" for one in actions),
            *(f"procedure:{one}" for one in procedures),
            *(f"{kind}:{ref}" for kind, ref in named.items() if ref),
        )
    )
