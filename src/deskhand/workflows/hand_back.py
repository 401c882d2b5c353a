"""Somebody is gone: their open tickets wait for whoever is there, in the queue that each came from."""

from collections.abc import Sequence
from datetime import datetime

from deskhand.ports.store import Store


def hand_back(store: Store, person: str, *, by: str, default_queue: str, now: datetime) -> Sequence[str]:
    """The tickets that went back. Done again, there are none left: nothing is changed then."""
    with store.begin() as tx:
        found = tx.tickets.of(person)
        for ticket in found:
            packet = tx.handoffs.packet(ticket)
            queue = f"queue:{packet[2].queue if packet else default_queue}"
            if tx.tickets.owner(ticket) == person:
                tx.tickets.give_to(ticket, queue)
            tx.awaiting.give_to(ticket, "")
            tx.journal.append("ticket.given", ticket, {"to": queue, "by": by, "from": person}, now)
    return found
