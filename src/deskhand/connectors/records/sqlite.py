"""Reading from a SQLite file: opened for nothing else, and for a few seconds at most."""

import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskhand.connectors.records.records import PATIENCE, Rows
from deskhand.domain.errors import Down

STEPS = 10_000  # of SQLite's machine, between two looks at the clock


@dataclass(frozen=True)
class Sqlite:
    """For `SqlRecords`."""

    path: Path

    def select(self, sql: str, values: Mapping[str, Any]) -> Rows:
        with self._run(sql, values) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def columns(self, sql: str, names: Collection[str]) -> Sequence[str]:
        # The company wrote this question; values are bound.
        with self._run(f"select * from ({sql}\n) asked limit 0", dict.fromkeys(names)) as cursor:  # nosec B608
            return [column[0] for column in cursor.description]

    def notes(self) -> Sequence[str]:
        """Nothing can be written on a connection that is opened for reading."""
        return ()

    @contextmanager
    def _run(self, sql: str, values: Mapping[str, Any]) -> Iterator[sqlite3.Cursor]:
        until = time.monotonic() + PATIENCE
        try:
            with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=1)) as database:
                database.execute("pragma query_only=1")
                database.set_progress_handler(lambda: time.monotonic() > until, STEPS)
                yield database.execute(sql, dict(values))
        except sqlite3.Error as error:
            raise Down(f"records: {type(error).__name__}") from error
