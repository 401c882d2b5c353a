"""A person takes a ticket, or gives it back. Once it is theirs, the assistant does nothing on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.suggestion import Person
from deskhand.ports.store import Store

ASSISTANT = "assistant"
PATIENCE = 5.0  # seconds for what is on its way
LOOK = 0.02  # seconds between two looks
LIVES = timedelta(minutes=1)  # a request for a reply has surely ended after that


@dataclass(frozen=True)
class Taken:
    """`before` had it; `on_its_way`: a reply of the assistant's is being sent, or its answer was lost, and it may still
    arrive."""

    before: str
    on_its_way: bool


def take_over(
    store: Store,
    ticket: str,
    person: Person,
    now: datetime,
    wait: Callable[[float], None] | None = None,
    patience: float = PATIENCE,
) -> Taken:
    """The ticket is theirs; an action that was reserved before is still finished.

    From the commit on no reply begins. One that had begun is waited for by `wait`, `patience` seconds at most.
    """
    before = _give(store, ticket, person.id, person, now)
    busy, left = _replying(store, ticket, now), patience
    while busy and wait and left > 0:
        wait(LOOK)
        busy, left = _replying(store, ticket, now), left - LOOK
    return Taken(before, busy)


def give_back(store: Store, ticket: str, person: Person, now: datetime) -> str:
    """The assistant answers the next message again. Returns the former owner."""
    return _give(store, ticket, ASSISTANT, person, now)


def _replying(store: Store, ticket: str, now: datetime) -> bool:
    with store.begin() as tx:
        replies = [one for one in tx.ledger.of_ticket(ticket) if one.action == "reply"]
    return any(one.state.open and now - one.at < LIVES for one in replies)


def _give(store: Store, ticket: str, to: str, person: Person, now: datetime) -> str:
    with store.begin() as tx:
        before = tx.tickets.owner(ticket)
        tx.tickets.give_to(ticket, to)
        if to == ASSISTANT:
            tx.awaiting.end(ticket, "given back", now)
        else:
            tx.awaiting.give_to(ticket, to)
        tx.journal.append("ticket.given", ticket, {"to": to, "by": person.id, "from": before}, now)
    return before
