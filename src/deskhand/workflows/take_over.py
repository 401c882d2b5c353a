"""A person takes a ticket, or gives it back. From the commit on, the assistant does nothing on a taken one."""

from datetime import datetime

from deskhand.domain.suggestion import Person
from deskhand.ports.store import Store

ASSISTANT = "assistant"


def take_over(store: Store, ticket: str, person: Person, now: datetime) -> str:
    """The ticket is theirs; an action that was reserved before is still finished. Returns the former owner."""
    return _give(store, ticket, person.id, person, now)


def give_back(store: Store, ticket: str, person: Person, now: datetime) -> str:
    """The assistant answers the next message again. Returns the former owner."""
    return _give(store, ticket, ASSISTANT, person, now)


def _give(store: Store, ticket: str, to: str, person: Person, now: datetime) -> str:
    with store.begin() as tx:
        before = tx.tickets.owner(ticket)
        tx.tickets.give_to(ticket, to)
        tx.journal.append("ticket.given", ticket, {"to": to, "by": person.id, "from": before}, now)
    return before
