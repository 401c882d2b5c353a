"""Reading from a SQLite file: opened for nothing else, and for a few seconds at most."""

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from deskhand.connectors.records.records import PATIENCE, Rows, Select
from deskhand.domain.errors import Down

STEPS = 10_000  # of SQLite's machine, between two looks at the clock


def sqlite(path: Path) -> Select:
    """For `SqlRecords`."""

    def select(sql: str, values: Mapping[str, Any]) -> tuple[Rows, Sequence[str]]:
        until = time.monotonic() + PATIENCE
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)) as database:
                database.execute("pragma query_only=1")
                database.set_progress_handler(lambda: time.monotonic() > until, STEPS)
                cursor = database.execute(sql, dict(values))
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()], names
        except sqlite3.Error as error:
            raise Down(f"records: {type(error).__name__}") from error

    return select
