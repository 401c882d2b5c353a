"""One ticket as it is counted: all that any number needs of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.measurement.outcomes import Handler, TicketFacts, TicketOutcome, outcome
from deskhand.measurement.tickets_seen import UNWRITTEN

UNKNOWN = "unknown"
HOLD_OUT = frozenset({"holdout", "hold-out", "hold_out"})
NOBODY_WROTE = "nobody wrote"


@dataclass(frozen=True)
class Entry:
    """A stretch of a conversation, from opening to closing. `left_out`: why it is no ticket, "" for one.

    `came_at`: the earliest known time of the customer's first message; `response_at`: of the first meaningful response;
    `last_response_at`: of the last one before closing. `open_s`: seconds from `came_at` to `response_at` within the
    office's hours, None where it has none or nobody responded; `open_resolution_s`: the same to `last_response_at`.
    `waited_s`: seconds that we waited for what we had asked the customer. `escalated`: the reason of its first handoff
    or take-over. `arm`: the group that its customer was assigned to. `scores`: what customers gave, 1 to 5.
    `counts` are numbers of things that happened on it, `own_ms` our own milliseconds by message, `agent_days` the
    days (UTC) on which each named agent did something about it, as "2026-03-02 ana".
    The last three times are of its customer's returns: see `returns.Returns`.
    """

    ticket: str
    number: int
    came_at: datetime
    left_out: str = ""
    channel: str = ""
    languages: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    tier: str = ""
    arm: str = ""
    customers: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    closed_at: datetime | None = None
    closed_by: str = ""
    handler: str = ""
    owed: bool = False
    answered: bool = False
    recognisable: bool = False
    asked: bool = False
    refused: bool = False
    confirmed_at: datetime | None = None
    came_back_at: datetime | None = None
    followed_up_at: datetime | None = None
    response_at: datetime | None = None
    last_response_at: datetime | None = None
    open_s: int | None = None
    open_resolution_s: int | None = None
    waited_s: int = 0
    escalated: str = ""
    scores: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    own_ms: tuple[int, ...] = ()
    agent_days: tuple[str, ...] = ()
    recontacted_at: datetime | None = None
    wrote_at: datetime | None = None
    back_at: datetime | None = None

    @property
    def facts(self) -> TicketFacts:
        return TicketFacts(
            self.closed_at, self.owed, self.answered, self.recognisable, self.confirmed_at, self.recontacted_at
        )

    def state(self, window: timedelta, *, over: bool) -> TicketOutcome | None:
        """`over`: its window is over, or taken to be."""
        at = self.closed_at
        return outcome(self.facts, at + window if over else at, window) if at else None

    def mature(self, now: datetime, window: timedelta) -> bool:
        """Closed, and its window is over."""
        return self.closed_at is not None and self.closed_at + window <= now

    @property
    def held_out(self) -> bool:
        return self.arm in HOLD_OUT

    @property
    def alone(self) -> bool:
        return self.handler == Handler.ASSISTANT

    @property
    def subject(self) -> str:
        """What it was about, as one group: its procedures together."""
        return " + ".join(self.procedures) or UNWRITTEN

    def seconds(self, until: datetime | None) -> float | None:
        """From the customer's first message until then."""
        return None if until is None else max(0.0, (until - self.came_at).total_seconds())
