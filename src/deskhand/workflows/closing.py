"""When a ticket may close, and the one line that says it did."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.suggestion import Person
from deskhand.domain.ticket import Status, Ticket
from deskhand.measurement.ledger_of_outcomes import KINDS, ledger
from deskhand.measurement.stretch import Stretch
from deskhand.ports.store import Store, Transaction

SOLVED = frozenset({Status.SOLVED, Status.CLOSED})
AGENT, CUSTOMER, TIMER = "agent", "customer", "timer"
DECIDE = "an agent is to decide"
NOBODY = "no customer ever wrote on it"
PEOPLE = "people have it, and have not answered yet"


def standing(tx: Transaction, ticket: str) -> Stretch | None:
    """How its newest stretch stands by the journal; None where no customer ever wrote."""
    return ledger(tx.journal.of_ticket(ticket, KINDS)).last(ticket)


def why_open(tx: Transaction, last: Stretch, but: str = "") -> str:
    """What keeps a ticket from closing; "" for nothing. `but`: the key of an effect that does not count."""
    if last.running:
        return "a message is being worked on"
    if any(one.state.open and one.key != but for one in tx.ledger.of_ticket(last.ticket)):
        return "nobody can tell yet whether something was done"
    if tx.suggestions.pending(last.ticket):
        return DECIDE
    return PEOPLE if last.with_people or tx.awaiting.open(last.ticket) else ""


def close(tx: Transaction, last: Stretch, now: datetime, by: str, why: str, *, waiting: bool = False) -> None:
    """Once, in the transaction that has found nothing against it. `waiting`: by the help desk, agents wait for the
    customer."""
    line: dict[str, object] = {"by": by, "why": why, "waiting": waiting}
    tx.journal.append("ticket.closed", last.ticket, line, now)
    tx.tickets.close(last.ticket, now)


@dataclass(frozen=True)
class Closed:
    """`stands`: it is closed now. If not, `why` says what keeps it open; nothing was changed."""

    stands: bool
    why: str


def close_by_agent(store: Store, ticket: str, person: Person, now: datetime, *, owed: bool = False) -> Closed:
    """A click in the workspace, by whoever has the ticket. `owed`: also where people have not answered yet."""
    with store.begin() as tx:
        if (owner := tx.tickets.owner(ticket)) != person.id:
            has = "The assistant has this ticket" if owner == "assistant" else f"{owner.removeprefix('queue:')} has it"
            return Closed(False, f"{has}: take it over first. Nothing was changed.")
        last = standing(tx, ticket)
        if last is None:
            return Closed(False, f"Not closed: {NOBODY}. Nothing was changed.")
        if last.closed_at is not None:
            return Closed(False, "It was closed already; nothing was changed.")
        why = why_open(tx, last)
        if why and not (owed and why == PEOPLE):
            return Closed(False, f"Not closed: {why}. Nothing was changed.")
        tx.awaiting.end(ticket, "closed", now)
        close(tx, last, now, AGENT, f"closed by {person.id} in the workspace")
    return Closed(True, "Closed. When the customer writes again, it opens again.")


def close_solved(store: Store, ticket: Ticket, now: datetime) -> bool:
    """Agents have solved or closed it at the help desk, as it was just read. False when they have not, or when
    something of ours is under way; whether they wrote is another matter."""
    if ticket.status not in SOLVED:
        return False
    with store.begin() as tx:
        name = str(ticket.ref)
        tx.tickets.owner(name)  # from here on nobody else changes this ticket
        last = standing(tx, name)
        if last is None or last.closed_at is not None or not last.real or why_open(tx, last) not in ("", PEOPLE):
            return False
        close(tx, last, now, AGENT, f"{ticket.status} at the help desk")
        return True
