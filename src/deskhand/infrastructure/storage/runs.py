"""Starting a run in the same transaction as the rows that tell why."""

from typing import Protocol

import sqlalchemy as sa


class Enqueue(Protocol):
    """The engine's way in: start `story` once the transaction of `connection` has committed."""

    def __call__(
        self,
        connection: sa.Connection,
        story: str,
        ticket: str,
        key: str,
        *args: str,
        turn: int = 0,
        delay: float = 0,
        bulk: bool = False,
    ) -> None: ...


class SqlRuns:
    def __init__(self, connection: sa.Connection, enqueue: Enqueue):
        self.connection, self.start = connection, enqueue

    def enqueue(
        self, story: str, ticket: str, key: str, *args: str, turn: int = 0, delay: float = 0, bulk: bool = False
    ) -> None:
        self.start(self.connection, story, ticket, key, *args, turn=turn, delay=delay, bulk=bulk)
