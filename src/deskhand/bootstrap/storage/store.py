"""The store of a desk alone: what does not read messages needs no worker, no model and no other system."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from deskhand.bootstrap.logs.careful_logs import careful_logs
from deskhand.bootstrap.secret import desk_secret
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.tickets import past_ticket
from deskhand.settings import Settings


@contextmanager
def engine_at_rest(settings: Settings) -> Iterator[Engine]:
    """The engine of a desk, to look at or to migrate: nothing is started, and no table is made by this."""
    database = connect(settings.database_url)
    try:
        yield Engine(database, settings.database_url)
    finally:
        database.dispose()


@contextmanager
def open_store(settings: Settings) -> Iterator[SqlStore]:
    """Its transactions start no runs."""
    settings.state.mkdir(parents=True, exist_ok=True)
    careful_logs(settings)
    database = connect(settings.database_url, settings.table.privacy.own)
    set_up(database)
    try:
        yield SqlStore(database, _no_runs, secret=desk_secret(settings))
    finally:
        database.dispose()


def has_journal(settings: Settings) -> bool:
    """False while nothing was ever asked of a desk."""
    if settings.database_url.startswith("sqlite"):
        return (settings.state / "desk.sqlite").exists()
    database = connect(settings.database_url)
    try:
        with database.connect() as connection:
            known = sa.select(sa.exists(sa.select(journal)) | sa.exists(sa.select(past_ticket)))
            return sa.inspect(connection).has_table(journal.name) and bool(connection.scalar(known))
    finally:
        database.dispose()


def _no_runs(
    connection: sa.Connection, story: str, ticket: str, key: str, *args: str, turn: int = 0, delay: float = 0
) -> None:
    raise AssertionError("a store without an engine starts no run")
