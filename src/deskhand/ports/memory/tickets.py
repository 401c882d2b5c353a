"""Tickets as our memory has them: deliveries, turns, owners, handoffs, results, and those of the past."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.correction import Correction
from deskhand.domain.delivery import Delivery
from deskhand.domain.guidance import Guidance
from deskhand.domain.handoff import Handoff
from deskhand.domain.matter import Claim
from deskhand.domain.outcome import RunResult
from deskhand.domain.standing import Standing
from deskhand.domain.ticket import Ticket
from deskhand.domain.waiting import Waiting


class Inbox(Protocol):
    def file(self, delivery: Delivery) -> bool:
        """True when it is new: neither this delivery nor this message was filed before."""
        ...

    def received_at(self, ticket: str, message: str) -> datetime | None:
        """When that message was received, or None when it was never filed."""
        ...

    def last_of(self, source: str) -> datetime | None:
        """When the newest delivery of this system was received, or None when it never sent one."""
        ...


class Tickets(Protocol):
    def next_turn(self, ticket: str, channel: str) -> int:
        """Numbers the messages of a ticket from 1, and keeps others out of its row until the commit."""
        ...

    def owner(self, ticket: str) -> str:
        """ "assistant", a person's id, or "queue:<name>". Read under the row's lock, so it holds until the commit."""
        ...

    def give_to(self, ticket: str, owner: str) -> None: ...

    def of(self, owner: str) -> Sequence[str]:
        """Open tickets that they have, or that were given to them to answer."""
        ...

    def describe(self, ticket: str, name: str, about: str, language: str) -> None:
        """What queues show of it: who wrote last, the first words of that (masked), and their language."""
        ...

    def turns(self, ticket: str) -> int: ...

    def quiet(self, now: datetime, before: datetime, limit: int) -> Sequence[str]:
        """Open tickets that customers wrote on and on which nothing has happened since `before`, without those that are
        to be looked at later than `now`; the longest quiet first."""
        ...

    def look_again(self, ticket: str, at: datetime) -> None:
        """Not before then, as long as nobody writes."""
        ...

    def close(self, ticket: str, at: datetime) -> None:
        """Until the customer writes again."""
        ...

    def channel(self, ticket: str) -> str:
        """That of its newest message, "" when the ticket is not known."""
        ...


class Awaiting(Protocol):
    """What waits for an agent; a ticket has one open handoff at most."""

    def add(self, waiting: Waiting) -> bool:
        """In place of an older one of its ticket. False, and nothing is written, when it was added before."""
        ...

    def reopen(self, ticket: str, message: str, queue: str, person: str) -> Waiting | None:
        """That of this message, which ended because the ticket was given back, waits again on its former clock; None
        when there is none."""
        ...

    def open(self, ticket: str) -> Waiting | None: ...

    def waiting(self) -> Sequence[Waiting]:
        """Every open one, oldest first."""
        ...

    def load(self) -> Mapping[str, int]:
        """How many are open, by person."""
        ...

    def give_to(self, ticket: str, person: str) -> None:
        """Whose the open one of this ticket is, where there is one."""
        ...

    def warned(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that its time is nearly over; False when that was noted before, or it is open no more."""
        ...

    def breached(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that its time is over; False as in `warned`."""
        ...

    def end(self, ticket: str, by: str, at: datetime) -> bool:
        """`by`: "agent", "solved" or "given back". False when none is open on this ticket."""
        ...


class Results(Protocol):
    def put(
        self,
        ticket: str,
        message: str,
        result: RunResult,
        *,
        customer: str,
        at: datetime,
        verified: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """`customer` is a `Ref` as text, empty when nobody is known; whose it was known to be before stays. `verified`:
        the help desk vouched for whoever wrote."""
        ...

    def get(self, ticket: str, message: str) -> RunResult | None: ...

    def customer(self, ticket: str, message: str) -> str:
        """Whose message it was, as `put` was told; empty when nobody is known."""
        ...

    def standings(self, ticket: str, limit: int) -> Sequence[tuple[str, Standing]]:
        """How the conversation stood after each message (its id), newest first."""
        ...

    def former(
        self, customer: str, *, but: str, since: datetime, tickets: int
    ) -> Sequence[tuple[str, datetime, RunResult, Standing]]:
        """What became of this customer's own messages on other tickets than `but`: ticket, time, result and standing,
        newest first. Only where it was verified that they wrote."""
        ...


class Handoffs(Protocol):
    """What follows a handoff."""

    def packet(self, ticket: str, message: str = "") -> tuple[str, datetime, Handoff] | None:
        """The newest packet of this ticket, or that of this message: for which message and when it was made, and it."""
        ...

    def correct(self, one: Correction) -> bool:
        """False when it was kept before."""
        ...

    def correction(self, id: str) -> Correction | None: ...

    def corrections(self, ticket: str) -> Sequence[Correction]:
        """All of this ticket, oldest first."""
        ...

    def saw(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that this message of an agent was looked at; False when that was noted before."""
        ...


class Whispers(Protocol):
    """What agents told the assistant in private, by ticket."""

    def add(self, one: Guidance) -> bool:
        """False when there is one with this id."""
        ...

    def standing(self, ticket: str) -> Sequence[Guidance]:
        """Those that were not withdrawn, oldest first."""
        ...

    def take_up(self, id: str, message: str) -> None:
        """Its procedure is for this message, and for no other one; what was taken up before stays as it is."""
        ...

    def withdraw(self, ticket: str, id: str, by: str, at: datetime) -> bool:
        """False when none with this id stands on this ticket."""
        ...


class Matters(Protocol):
    """Of several messages of one customer about one matter, the one that gets the full answer."""

    def claim(self, claim: Claim) -> bool:
        """False when this message has claimed its matter before: nothing was written."""
        ...

    def claimed(self, customer: str, since: datetime) -> Sequence[Claim]:
        """Those of this customer since then, oldest first."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase older claims of everybody."""
        ...


class History(Protocol):
    """Tickets of the past, as their help desk told them: to learn from and to replay, and never acted on."""

    def cursor(self, source: str) -> str:
        """How far this source was read; "" before its first time."""
        ...

    def move(self, source: str, cursor: str) -> None: ...

    def known(self, ticket: str) -> str | None:
        """The version of this ticket that is kept, or None."""
        ...

    def keep(self, ticket: Ticket, source: str, at: datetime) -> None:
        """In place of an older version of it."""
        ...

    def count(self, source: str) -> int: ...

    def every(self, after: str = "", limit: int = 100) -> Sequence[Ticket]:
        """In the order of their refs, behind the ref `after`."""
        ...

    def forget(self, tickets: Collection[str]) -> int:
        """How many of them were there to erase."""
        ...
