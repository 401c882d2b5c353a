"""A run that ended in an error becomes an agent's task: the ticket is never lost, and never retried for ever."""

from datetime import datetime

from deskhand.ports.store import Store


def park(store: Store, ticket: str, key: str, why: str, *, queue: str, now: datetime) -> None:
    """Give the ticket to the queue and write down why. Bears repeating."""
    owner = f"queue:{queue}"
    with store.begin() as tx:
        tx.tickets.give_to(ticket, owner)
        tx.journal.append("run.failed", ticket, {"run": key, "why": why, "to": owner}, now)
