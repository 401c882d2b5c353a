"""Erases examples: the rows, then what was made of them, then what the database's files still hold."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from deskhand.ports.search import Precedents
from deskhand.ports.store import Store, Transaction


@dataclass(frozen=True)
class Forgotten:
    """How many examples were erased. `scrubbed`: whether the files hold none of their words any more; if not, somebody
    was reading, and doing the same again will do."""

    examples: int
    scrubbed: bool


def forget_customers(store: Store, precedents: Precedents, customers: Collection[str], now: datetime) -> Forgotten:
    """Everything that was kept from tickets of these customers, each a `Ref` as text."""
    return _forget(store, precedents, lambda tx: sum(tx.examples.erase(one) for one in set(customers)), now)


def forget_example(store: Store, precedents: Precedents, id: str, now: datetime) -> Forgotten:
    """The example with this id, if there is one."""
    return _forget(store, precedents, lambda tx: int(tx.examples.erase_one(id)), now)


def _forget(store: Store, precedents: Precedents, erase: Callable[[Transaction], int], now: datetime) -> Forgotten:
    """Killed at any line, it may be done again: caches and files are cleaned even when no row is left to erase."""
    with store.begin() as tx:
        if erased := erase(tx):
            tx.journal.append("examples.erased", "", {"examples": erased}, now)
    precedents.forget()
    return Forgotten(erased, store.scrub())
