"""Our own memory. One transaction covers rows and the runs they start: all of it commits, or nothing."""

from contextlib import AbstractContextManager
from typing import Protocol

from deskhand.ports.memory.customers import Contacts, Identities, Links, Restrictions, Visits
from deskhand.ports.memory.effects import Confirmations, Ledger, Pauses, Suggestions
from deskhand.ports.memory.journal import Checkpoints, Drifts, Journal, Sealed, Stages, Versions
from deskhand.ports.memory.learning import Examples, ModelCalls
from deskhand.ports.memory.tickets import Awaiting, Handoffs, History, Inbox, Matters, Results, Tickets, Whispers


class Runs(Protocol):
    def enqueue(self, story: str, ticket: str, key: str, *args: str, turn: int = 0, delay: float = 0) -> None:
        """Start `story` once this transaction has committed; a key that was used before starts nothing.

        A ticket does one thing at a time: first what has no `turn`, then turn after turn. `delay` is in seconds.
        """
        ...


class Transaction(Protocol):
    inbox: Inbox
    tickets: Tickets
    awaiting: Awaiting
    ledger: Ledger
    pauses: Pauses
    suggestions: Suggestions
    confirmations: Confirmations
    identity: Identities
    links: Links
    contacts: Contacts
    history: History
    journal: Journal
    results: Results
    handoffs: Handoffs
    guidance: Whispers
    matters: Matters
    models: ModelCalls
    examples: Examples
    visits: Visits
    stages: Stages
    changes: Sealed
    backups: Sealed
    checkpoints: Checkpoints
    versions: Versions
    drifts: Drifts
    restrictions: Restrictions
    runs: Runs


class Store(Protocol):
    def begin(self) -> AbstractContextManager[Transaction]:
        """Commits at the end of the block, rolls back on any exception. Never call another system inside it."""
        ...

    def look(self) -> AbstractContextManager[Transaction]:
        """The same for reading alone, at one moment: it waits for no other, and a write in it fails. What is decided by
        it may be stale by the next line, as after any transaction."""
        ...

    def scrub(self) -> bool:
        """After rows were erased: leave none of their words in the database's files. False when somebody who reads
        kept us from it; try again later."""
        ...
