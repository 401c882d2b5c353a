"""Named questions to a company's own database, whichever it is: asked, typed, checked before anything starts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from deskhand.connectors.records.question import Question
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.finding import Finding, LookupSpec

SYSTEM = "records"
PATIENCE = 3.0  # seconds a question may take
Rows = Sequence[Mapping[str, Any]]
Select = Callable[[str, Mapping[str, Any]], tuple[Rows, Sequence[str]]]


class SqlRecords:
    """See `ports.reads.Records`. `select` runs one statement that can only read, whose parameters are written :name,
    and gives rows and names of columns; `Down`, from the driver's own error, when it cannot."""

    system = SYSTEM

    def __init__(self, select: Select, questions: Sequence[Question], clock: Callable[[], datetime]):
        self._select, self._clock = select, clock
        self._questions = {one.name: one for one in questions}

    def questions(self) -> tuple[LookupSpec, ...]:
        return tuple(one.spec() for one in self._questions.values())

    def check(self) -> list[tuple[str, str]]:
        """(question, fault) for each that this database cannot answer. Nothing is read but names of columns."""
        faults = [(one.name, self._fault(one)) for one in self._questions.values()]
        return [(name, fault) for name, fault in faults if fault]

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        """`Invalid` when a column is not of its declared type: better no answer than a wrong one."""
        one = self._questions[question]
        bound = {name: values[bind] for name, bind in one.binds.items()}
        rows, _ = self._select(f"select * from ({one.sql}) asked limit {one.rows}", bound)
        try:
            typed = tuple(one.typed(row) for row in rows)
        except (ValueError, KeyError) as error:
            raise Invalid(f"records.{one.name}: a column is not of its declared type") from error
        first = typed[0] if typed else {}
        return Finding(f"records.{one.name}", {"found": bool(typed), **first}, typed, SYSTEM, self._clock())

    def _fault(self, one: Question) -> str:
        try:
            _, columns = self._select(f"select * from ({one.sql}) asked limit 0", dict.fromkeys(one.binds))
        except Down as error:
            return str(error.__cause__).splitlines()[0]
        missing = sorted(set(one.fields) - set(columns))
        return f"gives no column {missing[0]}" if missing else ""
