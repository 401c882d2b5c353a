"""The numbers of a desk, each a function over its journal. Definitions: docs/numbers.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from deskhand.domain.effect import AGENTS
from deskhand.domain.journal_line import JournalLine

# Effects that policy's rules on the message govern, not rules on an action.
WORDS = frozenset({"assign", "code", "letter", "note", "reply"})
GOOD = 0.9  # of the required fields
ALONE = frozenset({"resolved", "answered"})
# The journal's lines that these numbers are made of.
KINDS = frozenset(
    {
        "agent.wrote",
        "effect.done",
        "guidance.given",
        "handoff.corrected",
        "message.ended",
        "message.received",
        "policy.decided",
        "suggestion.settled",
        "ticket.given",
    }
)


@dataclass(frozen=True)
class Metrics:
    """Shares are 0 to 1, times in seconds or milliseconds as named, cost in US dollars; None: nothing to measure."""

    tickets: int
    messages: int
    outcomes: Mapping[str, int]
    without_people: float | None
    escalation_rate: float | None
    first_response_s_p50: float | None
    first_response_s_p95: float | None
    unanswered: int
    handoffs: int
    handoff_context: float | None
    handoffs_with_90: float | None
    corrections_per_handoff: float | None
    agents_seen: int
    repeat_questions: float | None
    effects: int
    policy_compliance: float | None
    own_ms_p50: float | None
    own_ms_p95: float | None
    model_calls: int
    model_cost: float | None


@dataclass
class _Ticket:
    received: datetime | None = None
    replied: datetime | None = None
    ended: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    by_people: bool = False
    asked_again: bool | None = None  # by an agent, after a handoff; None while none was seen to write

    @property
    def outcomes(self) -> dict[str, str]:
        return {message: body["outcome"] for message, body in self.ended.items()}


def metrics(lines: Iterable[JournalLine]) -> Metrics:
    """All of them in one pass, in the order of the journal."""
    tickets: dict[str, _Ticket] = {}
    allowed: set[str] = set()
    effects: list[bool] = []
    corrections: set[str] = set()
    for line in lines:
        ticket = tickets.setdefault(line.ticket, _Ticket())
        body = line.body
        match line.kind:
            case "message.received":
                ticket.received = ticket.received or datetime.fromisoformat(body["received_at"])
            case "policy.decided" if body["effect"] == "allow":
                allowed.add(body["key"])
            case "effect.done" if body["action"] not in WORDS:
                effects.append(body["key"] in allowed)
            case "effect.done" if body["action"] == "reply" and not body["key"].startswith(AGENTS):
                ticket.replied = ticket.replied or line.at
            case "suggestion.settled" | "ticket.given" | "guidance.given" | "agent.replied":
                ticket.by_people = True
            case "handoff.corrected":
                corrections.add(body["correction"])
            case "agent.wrote":
                ticket.asked_again = bool(ticket.asked_again or body["again"])
            case "message.ended":
                ticket.ended[body["message"]] = body  # told again after a crash or a decision: the last one counts
            case _:
                pass
    ended = [one for one in tickets.values() if one.ended]
    last = [body for one in ended for body in one.ended.values()]
    context = [body["handoff"]["completeness"] for body in last if "handoff" in body]
    again = [one.asked_again for one in tickets.values() if one.asked_again is not None]
    own = [body["timings_ms"]["total"] - body["timings_ms"].get("model", 0.0) for body in last]
    waits = [(one.replied - one.received).total_seconds() for one in ended if one.replied and one.received]
    return Metrics(
        tickets=len(ended),
        messages=len(last),
        outcomes=dict(Counter(body["outcome"] for body in last)),
        without_people=_share([not one.by_people and set(one.outcomes.values()) <= ALONE for one in ended]),
        escalation_rate=_share(["handed_off" in one.outcomes.values() for one in ended]),
        first_response_s_p50=quantile(waits, 0.5),
        first_response_s_p95=quantile(waits, 0.95),
        unanswered=len(ended) - len(waits),
        handoffs=len(context),
        handoff_context=sum(context) / len(context) if context else None,
        handoffs_with_90=_share([one >= GOOD for one in context]),
        corrections_per_handoff=len(corrections) / len(context) if context else None,
        agents_seen=len(again),
        repeat_questions=_share(again),
        effects=len(effects),
        policy_compliance=_share(effects),
        own_ms_p50=quantile(own, 0.5),
        own_ms_p95=quantile(own, 0.95),
        model_calls=sum(body["model"]["calls"] for body in last),
        model_cost=total([body["model"]["cost"] for body in last]),
    )


def quantile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile: the smallest value that at least `share` of them do not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)] if values else None


def total(costs: Sequence[float | None]) -> float | None:
    """The sum; None as soon as one price is unknown."""
    return None if None in costs else sum(cost for cost in costs if cost is not None)


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
