"""Records in PostgreSQL, asked as a role that can only read, in a transaction that can only read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from deskhand.connectors.records.answer import PATIENCE, SYSTEM, answered, bound, lacking
from deskhand.connectors.records.question import PARAMETER, Question
from deskhand.domain.errors import Down
from deskhand.domain.finding import Finding, LookupSpec

CAREFUL = f"-c default_transaction_read_only=on -c statement_timeout={int(PATIENCE * 1000)}"


class PostgresRecords:
    """See `ports.reads.Records`. `address` is "postgresql://role@host/database"; a connection for each question."""

    system = SYSTEM

    def __init__(self, address: str, questions: Sequence[Question], clock: Callable[[], datetime]):
        self._address, self._clock = address, clock
        self._questions = {one.name: one for one in questions}

    def questions(self) -> tuple[LookupSpec, ...]:
        return tuple(one.spec() for one in self._questions.values())

    def check(self) -> list[tuple[str, str]]:
        """(question, fault) for each that this database cannot answer. Nothing is read but names of columns."""
        found = []
        for one in self._questions.values():
            try:
                _, columns = self._rows(f"select * from ({_named(one)}) q limit 0", dict.fromkeys(one.binds))
                fault = lacking(one, columns)
            except Down as error:
                fault = str(error.__cause__).splitlines()[0]
            found += [(one.name, fault)] if fault else []
        return found

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        one = self._questions[question]
        rows, _ = self._rows(f"select * from ({_named(one)}) q limit {one.rows}", bound(one, values))
        return answered(one, rows, self._clock())

    def _rows(self, sql: str, values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
        try:
            with (
                psycopg.connect(self._address, connect_timeout=3, options=CAREFUL, row_factory=dict_row) as database,
                database.cursor() as cursor,
            ):
                # Prepared: two statements in one text are refused then, also when it has no parameters.
                cursor.execute(sql.encode(), dict(values), prepare=True)
                return cursor.fetchall(), [column.name for column in cursor.description or ()]
        except psycopg.Error as error:
            raise Down(f"records: {type(error).__name__}") from error


def _named(question: Question) -> str:
    """The SQL with parameters as psycopg writes them; a percent sign of its own is doubled."""
    return PARAMETER.sub(r"%(\1)s", question.sql.replace("%", "%%"))
