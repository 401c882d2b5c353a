"""A person takes a ticket, or gives it back. Once it is theirs, the assistant does nothing on it."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.effect import EffectState
from deskhand.domain.suggestion import Person
from deskhand.ports.store import Store

ASSISTANT = "assistant"
PATIENCE = 5.0  # seconds for what is on its way
LOOK = 0.02  # seconds between two looks
LIVES = timedelta(minutes=1)  # a request for a reply has surely ended after that


@dataclass(frozen=True)
class Taken:
    """`before` had it; `on_its_way`: a reply of the assistant's was being sent and may still arrive."""

    before: str
    on_its_way: bool


def take_over(store: Store, ticket: str, person: Person, now: datetime, patience: float = PATIENCE) -> Taken:
    """The ticket is theirs; an action that was reserved before is still finished.

    From the commit on no reply begins. One that had begun is waited for, `patience` seconds at most.
    """
    before = _give(store, ticket, person.id, person, now)
    until = time.monotonic() + patience
    while (busy := _replying(store, ticket, now)) and time.monotonic() < until:
        time.sleep(LOOK)
    return Taken(before, busy)


def give_back(store: Store, ticket: str, person: Person, now: datetime) -> str:
    """The assistant answers the next message again. Returns the former owner."""
    return _give(store, ticket, ASSISTANT, person, now)


def _replying(store: Store, ticket: str, now: datetime) -> bool:
    with store.begin() as tx:
        replies = [one for one in tx.ledger.of_ticket(ticket) if one.action == "reply"]
    return any(one.state is EffectState.RESERVED and now - one.at < LIVES for one in replies)


def _give(store: Store, ticket: str, to: str, person: Person, now: datetime) -> str:
    with store.begin() as tx:
        before = tx.tickets.owner(ticket)
        tx.tickets.give_to(ticket, to)
        tx.journal.append("ticket.given", ticket, {"to": to, "by": person.id, "from": before}, now)
    return before
