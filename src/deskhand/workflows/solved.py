"""The customer says by a button whether it is solved. What a message is taken to mean never says it."""

from datetime import datetime

from deskhand.ports.store import Store
from deskhand.workflows.closing import CUSTOMER, close, standing, why_open


def say_solved(store: Store, ticket: str, now: datetime, *, solved: bool, how: str) -> bool:
    """Whether it counts: False where no message came, or when the same was said last. "Solved" closes a ticket that has
    been answered and on which nothing is under way."""
    with store.begin() as tx:
        tx.tickets.owner(ticket)  # from here on nobody else changes this ticket
        last = standing(tx, ticket)
        if last is None:
            return False
        before = tx.journal.of_ticket(ticket, ["solved.said", "message.received"])
        if before and before[-1].kind == "solved.said" and before[-1].body["solved"] is solved:
            return False
        tx.journal.append("solved.said", ticket, {"solved": solved, "how": how}, now)
        if solved and last.closed_at is None and last.real and last.answered and not why_open(tx, last):
            close(tx, last, now, CUSTOMER, f"said so by {how}")
        return True
