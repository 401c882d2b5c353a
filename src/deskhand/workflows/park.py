"""A run that ended in an error becomes an agent's task: the ticket is never lost, and never retried for ever."""

from datetime import datetime

from deskhand.ports.store import Store
from deskhand.workflows.take_over import ASSISTANT


def park(store: Store, ticket: str, key: str, why: str, *, queue: str, now: datetime) -> None:
    """Give the ticket to the queue, unless people have it by now, and write down why. Bears repeating."""
    with store.begin() as tx:
        owner = tx.tickets.owner(ticket)
        if owner == ASSISTANT:
            owner = f"queue:{queue}"
            tx.tickets.give_to(ticket, owner)
        tx.journal.append("run.failed", ticket, {"run": key, "why": why, "to": owner}, now)
