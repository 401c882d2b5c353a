"""The queues that a person is limited to, and whether a ticket is in them."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Within:
    """`person` sees the tickets of these queues, and what is their own. A ticket is in the queue that it was handed to
    last; one that never was is in `default`, the desk's default queue."""

    person: str
    queues: frozenset[str]
    default: str

    def holds(self, queue: str, theirs: Collection[str]) -> bool:
        """`queue`: that it was handed to last, "" when it never was; `theirs`: whose it is."""
        return (queue or self.default) in self.queues or self.person in theirs
