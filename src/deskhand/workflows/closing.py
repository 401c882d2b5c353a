"""When a ticket may close, and the one line that says it did."""

from datetime import datetime

from deskhand.domain.ticket import Status, Ticket
from deskhand.measurement.ledger_of_outcomes import KINDS, ledger
from deskhand.measurement.stretch import Stretch
from deskhand.ports.store import Store, Transaction

SOLVED = frozenset({Status.SOLVED, Status.CLOSED})
AGENT, CUSTOMER, TIMER = "agent", "customer", "timer"
DECIDE = "an agent is to decide"
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
