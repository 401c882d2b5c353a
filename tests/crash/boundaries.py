"""Counts the commits of a process, and kills the process at one of them."""

import os
import signal
import sqlite3
from threading import Lock
from typing import Any

import sqlalchemy as sa

BEFORE, AFTER = "before a commit", "after a commit"


class Commits:
    """Every commit that changes a row counts; reads and empty writes do not. Nothing counts before `watch`.

    At commit `number`, at the moment `when`, the process dies as in a power cut: nothing is closed, nothing is told.
    """

    def __init__(self, when: str, number: int):
        self._fatal, self._seen, self._lock = (when, number), 0, Lock()

    def watch(self, database: sa.Engine) -> None:
        """SQLite only: it tells how many rows a connection has changed."""
        sa.event.listen(database, "checkout", self._lent)
        sa.event.listen(database, "commit", self._commits)
        sa.event.listen(database, "checkin", self._returned)

    def _lent(self, raw: Any, record: Any, _proxy: Any) -> None:
        record.info["changes"] = raw.total_changes

    def _commits(self, connection: sa.Connection) -> None:
        raw, info = connection.connection.dbapi_connection, connection.info
        assert isinstance(raw, sqlite3.Connection)
        before, info["changes"] = info.get("changes", raw.total_changes), raw.total_changes
        if info["changes"] > before:
            with self._lock:
                self._seen += 1
                info["committed"] = self._seen
            self._die_at(BEFORE, info["committed"])

    def _returned(self, _raw: Any, record: Any) -> None:
        # The pool gets a connection back when its commit is through, before anything else is done.
        self._die_at(AFTER, record.info.pop("committed", 0))

    def _die_at(self, when: str, number: int) -> None:
        if (when, number) == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)
