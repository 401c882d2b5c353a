"""The database: SQLite in a file, or PostgreSQL, set up so that a commit survives a power cut."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from deskhand.domain.card_number import Own, nobodys
from deskhand.infrastructure.storage.columns import OWN
from deskhand.infrastructure.storage.durable import locked
from deskhand.infrastructure.storage.turns import take_turns

# secure_delete: an erased row is overwritten, which not every build of SQLite does by itself.
PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON")


def connect(url: str, own: Own = nobodys, *, waits: bool = True) -> sa.Engine:
    """An engine for "sqlite:///path" or "postgresql://user@host/name". Nothing is opened yet. What goes wrong is told
    without the values, which are customers' words: it is written to logs. `own`: numbers that are no card's, whatever
    they look like. Without `waits` a commit on SQLite does not wait for the disk: a power cut may take it, with all
    behind it and nothing before it."""
    if not url.startswith("sqlite"):
        plain = sa.make_url(url).set(drivername="postgresql+psycopg")
        patience = "-c idle_in_transaction_session_timeout=60s -c lock_timeout=30s"
        server = sa.create_engine(
            plain, pool_size=5, pool_pre_ping=True, connect_args={"options": patience}, hide_parameters=True
        )
        vars(server.dialect)[OWN] = own
        return server
    engine = sa.create_engine(url, pool_size=20, max_overflow=0, pool_timeout=60, hide_parameters=True)
    vars(engine.dialect)[OWN] = own
    sa.event.listen(engine, "connect", partial(_set_up, "FULL" if waits else "NORMAL"))
    take_turns(engine, str(engine.url.database))
    return engine


@contextmanager
def exclusive(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that no other of these runs beside: what it has read still holds when it commits.

    All of them queue at one lock, taken first, so no two can wait for each other. Readers do not queue.
    """
    with engine.connect() as connection, locked(connection):
        yield connection


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """What is there at one moment, for reading alone: it waits for nobody, nobody waits for it, and a write fails."""
    with engine.connect() as connection, connection.begin():
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection
            return
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA query_only=ON")
        try:
            raw.execute("BEGIN")
            yield connection
        finally:
            raw.execute("PRAGMA query_only=OFF")


def insert(connection: sa.Connection, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """See `insert_of`."""
    return insert_of(connection.dialect.name, table)


def add_once(connection: sa.Connection, table: sa.Table, row: Mapping[str, object], unless: Sequence[str] = ()) -> bool:
    """False, and nothing is written, when the row clashes with one on these columns; with any one by default."""
    return connection.execute(_once(connection.dialect.name, table, tuple(unless)), row).first() is not None


def put(
    connection: sa.Connection,
    table: sa.Table,
    rows: Mapping[str, object] | Sequence[Mapping[str, object]],
    keys: Sequence[str],
) -> None:
    """These rows in place of those with the same keys: what else they name is set anew. All name the same columns."""
    first = rows if isinstance(rows, Mapping) else next(iter(rows))
    changed = tuple(name for name in first if name not in keys)
    connection.execute(_instead(connection.dialect.name, table, tuple(keys), changed), rows)


# Made once for each table and form: making such a statement costs several times what running it does.
@cache
def _once(dialect: str, table: sa.Table, unless: tuple[str, ...]) -> ReturningInsert[Any]:
    once = insert_of(dialect, table).on_conflict_do_nothing(index_elements=unless or None)
    # Asked for a column back: the count of inserted rows is not to be had on PostgreSQL.
    return once.returning(next(iter(table.primary_key.columns)))


@cache
def _instead(
    dialect: str, table: sa.Table, keys: tuple[str, ...], changed: tuple[str, ...]
) -> "sqlite.Insert | postgresql.Insert":
    new = insert_of(dialect, table)
    return new.on_conflict_do_update(index_elements=keys, set_={name: new.excluded[name] for name in changed})


def insert_of(dialect: str, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An insert that knows `on_conflict_...`, which both databases have and the common language has not."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def scrub(engine: sa.Engine, tables: Sequence[sa.TableClause]) -> bool:
    """Leave no words of erased rows of these tables in the files of the database; False when a reader is in the way.

    On SQLite the erased bytes are zero already; the copies in the write-ahead log go with it. PostgreSQL writes each
    table anew without them; its own log, its replicas and all backups are the server's.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            return not busy
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")  # no transaction may hold a VACUUM
        for table in tables:
            alone.exec_driver_sql(f"VACUUM (FULL) {table.name}")
        return True


def _set_up(synchronous: str, connection: Any, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    for pragma in (*PRAGMAS, f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")
