"""Commits that reach the disk behind the lock: who waits for the disk keeps nobody from working.

A log is written in order: what was made of a commit that is not on the disk yet gets there behind it, or not at all.
Whoever commits gets back when it is there. Why it is so: docs/decisions/0045.
"""

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from deskhand.infrastructure.storage.turns import leave

ONE_AT_A_TIME = 7303  # the advisory lock of our transactions on PostgreSQL; SQLite has one for the whole file
LOCK = f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME}), set_config('synchronous_commit', 'off', true)"
WROTE = "SELECT txid_current_if_assigned() IS NOT NULL"
# A commit of its own, which the server keeps as its settings say: with it all that was committed before.
FLUSH = "SELECT pg_logical_emit_message(true, 'deskhand', '')"


@contextmanager
def locked(connection: sa.Connection) -> Iterator[None]:
    """A transaction that no other of these runs beside; what it wrote is on the disk when the block has ended."""
    begun = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    with begun(connection):
        yield


@contextmanager
def _on_sqlite(connection: sa.Connection) -> Iterator[None]:
    raw, file = connection.connection.dbapi_connection, connection.engine.url.database
    assert raw is not None
    before = raw.total_changes
    raw.execute("PRAGMA synchronous=NORMAL")  # the log is in order, and goes to the disk below
    try:
        with connection.begin():
            # The driver would begin at the first write, after reads that may be stale by then.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield
    finally:
        raw.execute("PRAGMA synchronous=FULL")
        leave(connection)
    if file and raw.total_changes != before:
        _flush(connection.engine, Path(f"{file}-wal"))


@contextmanager
def _on_postgresql(connection: sa.Connection) -> Iterator[None]:
    with connection.begin():
        connection.exec_driver_sql(LOCK)
        yield
        wrote = connection.exec_driver_sql(WROTE).scalar_one()
    if wrote:
        with connection.begin():
            connection.exec_driver_sql(FLUSH)


class Shared:
    """A slow deed, done once for all who wait: whoever asks gets back after one that began behind their asking."""

    def __init__(self, deed: Callable[[], None]):
        self.deed, self.turn, self.count = deed, threading.Lock(), threading.Lock()
        self.asked = self.done = 0

    def __call__(self) -> None:
        with self.count:
            self.asked += 1
            own = self.asked
        with self.turn:
            if self.done >= own:
                return
            with self.count:
                upto = self.asked
            self.deed()
            self.done = upto


_flushes: "weakref.WeakKeyDictionary[sa.Engine, Shared]" = weakref.WeakKeyDictionary()


def _flush(engine: sa.Engine, log: Path) -> None:
    _flushes.setdefault(engine, Shared(partial(_to_disk, log)))()


def _to_disk(log: Path) -> None:
    # Without a log all of it is in the database already: SQLite puts it on the disk before it takes a log away.
    if log.exists():
        opened = os.open(log, os.O_RDONLY)
        try:
            os.fdatasync(opened)
        finally:
            os.close(opened)
