"""Records in a SQLite file, opened for reading only."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from deskhand.connectors.records.answer import PATIENCE, SYSTEM, answered, bound, lacking
from deskhand.connectors.records.question import Question
from deskhand.domain.errors import Down
from deskhand.domain.finding import Finding, LookupSpec

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
        """(question, fault) for each that this database cannot answer. Nothing is read but names of columns."""
        found = []
        for one in self._questions.values():
            try:
                _, columns = self._rows(f"select * from ({one.sql}) limit 0", dict.fromkeys(one.binds))
                fault = lacking(one, columns)
            except Down as error:
                fault = str(error.__cause__)
            found += [(one.name, fault)] if fault else []
        return found

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        one = self._questions[question]
        rows, _ = self._rows(f"select * from ({one.sql}) limit {one.rows}", bound(one, values))
        return answered(one, rows, self._clock())

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
