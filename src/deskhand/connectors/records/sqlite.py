"""Records in a SQLite file, opened for reading only."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from deskhand.connectors.records.question import Question
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.finding import Finding, LookupSpec

SYSTEM = "records"
PATIENCE = 3.0  # seconds a question may take
STEPS = 10_000  # of SQLite's machine, between two looks at the clock


class SqliteRecords:
    """See `ports.reads.Records`."""

    system = SYSTEM

    def __init__(self, path: Path, questions: Sequence[Question], clock: Callable[[], datetime]):
        self._path, self._clock = path, clock
        self._questions = {one.name: one for one in questions}

    def questions(self) -> tuple[LookupSpec, ...]:
        return tuple(one.spec() for one in self._questions.values())

    def check(self) -> list[tuple[str, str]]:
        """(question, fault) for each that this database cannot answer; nothing is run but EXPLAIN and empty reads."""
        found = []
        for one in self._questions.values():
            nothing = dict.fromkeys(one.binds)
            try:
                rows = self._rows(f"select * from ({one.sql}) limit 0", nothing)
                if missing := sorted(set(one.fields) - set(rows[1])):
                    found.append((one.name, f"gives no column {missing[0]}"))
            except Down as error:
                found.append((one.name, str(error.__cause__ or error)))
        return found

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        one = self._questions[question]
        bound = {name: values[bind] for name, bind in one.binds.items()}
        rows, _ = self._rows(f"select * from ({one.sql}) limit {one.rows}", bound)
        try:
            typed = tuple(one.typed(row) for row in rows)
        except (ValueError, KeyError) as error:
            raise Invalid(f"records.{question}: a column is not of its declared type") from error
        first = typed[0] if typed else {}
        return Finding(f"records.{question}", {"found": bool(typed), **first}, typed, SYSTEM, self._clock())

    def _rows(self, sql: str, values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
        until = time.monotonic() + PATIENCE
        try:
            with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=1)) as database:
                database.execute("pragma query_only=1")
                database.set_progress_handler(lambda: time.monotonic() > until, STEPS)
                cursor = database.execute(sql, dict(values))
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()], names
        except sqlite3.Error as error:
            raise Down(f"records: {type(error).__name__}") from error
