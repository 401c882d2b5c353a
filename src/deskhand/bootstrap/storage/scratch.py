"""A store to try things on: the real one, on a file that nobody will need after a power cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from deskhand.bootstrap.storage.queries import Queries
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore


@dataclass(frozen=True)
class Scratch:
    store: SqlStore
    queries: Queries


@contextmanager
def scratch_store(folder: Path) -> Iterator[Scratch]:
    """Empty, without an engine: what is enqueued is forgotten. Nothing waits for the disk."""
    database = connect(f"sqlite:///{folder / 'scratch.sqlite'}")
    sa.event.listen(database, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    migrate(database)
    yield Scratch(SqlStore(database, lambda *_, **__: None), Queries(database))
    database.dispose()
