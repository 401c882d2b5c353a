"""Named questions to a company's own database, whichever it is: asked, typed, checked before anything starts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from deskhand.connectors.records.question import Question
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.finding import Finding, LookupSpec

SYSTEM = "records"
PATIENCE = 3.0  # seconds a question may take
Rows = Sequence[Mapping[str, Any]]


class Database(Protocol):
    """Runs one statement at a time, and such alone as read. Parameters are written :name. `Down`, from the driver's
    own error, when it cannot."""

    def select(self, sql: str, values: Mapping[str, Any]) -> Rows: ...

    def columns(self, sql: str, names: Collection[str]) -> Sequence[str]:
        """Of its answer, without running it: the database plans it as the role that we are."""
        ...

    def notes(self) -> Sequence[str]:
        """What is unwise about the way we get there, each in a sentence."""
        ...


class SqlRecords:
    """See `ports.reads.Records`. `tell` hears what is unwise, and no fault, when the questions are checked."""

    system = SYSTEM

    def __init__(
        self,
        database: Database,
        questions: Sequence[Question],
        clock: Callable[[], datetime],
        tell: Callable[[str], None] = lambda text: None,
    ):
        self._database, self._clock, self._tell = database, clock, tell
        self._questions = {one.name: one for one in questions}

    def questions(self) -> tuple[LookupSpec, ...]:
        return tuple(one.spec() for one in self._questions.values())

    def check(self) -> list[tuple[str, str]]:
        """(question, fault) for each that this database cannot answer. Nothing is read but plans and names of columns;
        notes are told."""
        faults = [(one.name, self._fault(one)) for one in self._questions.values()]
        found = [(name, fault) for name, fault in faults if fault]
        if self._questions and not found:
            for note in self._database.notes():
                self._tell(note)
        return found

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        """`Invalid` when a column is not of its declared type: better no answer than a wrong one."""
        one = self._questions[question]
        bound = {name: values[bind] for name, bind in one.binds.items()}
        # One more than wanted, to know whether there are more. The line break ends a comment of theirs.
        # The company wrote this question; values are bound.
        rows = self._database.select(f"select * from ({one.sql}\n) asked limit {one.rows + 1}", bound)  # nosec B608
        try:
            typed = tuple(one.typed(row) for row in rows[: one.rows])
        except (ValueError, KeyError) as error:
            raise Invalid(f"records.{one.name}: a column is not of its declared type") from error
        fields, more = {"found": bool(typed), **(typed[0] if typed else {})}, len(rows) > one.rows
        return Finding(f"records.{one.name}", fields, typed, SYSTEM, self._clock(), more)

    def _fault(self, one: Question) -> str:
        try:
            columns = self._database.columns(one.sql, one.binds.keys())
        except Down as error:
            return str(error.__cause__).splitlines()[0]
        missing = sorted(set(one.fields) - set(columns))
        return f"gives no column {missing[0]}" if missing else ""
