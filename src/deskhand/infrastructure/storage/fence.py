"""Whether what a run works on was forgotten meanwhile: asked in each transaction in which it would keep words."""

from contextvars import ContextVar
from typing import Protocol

import sqlalchemy as sa

GONE = "what this run works on was forgotten meanwhile: nothing more of it was written"


class Fence(Protocol):
    def forgotten(self, connection: sa.Connection) -> bool:
        """What is true in this transaction stays true in it, where it runs alone (`database.exclusive`)."""
        ...


AROUND: ContextVar[Fence | None] = ContextVar("fence", default=None)


def forgotten(connection: sa.Connection) -> bool:
    """Of the run that this thread is at; nobody else works on words of a moment ago."""
    fence = AROUND.get()
    return fence is not None and fence.forgotten(connection)
