"""From rows of a database to what a look-up found: the same for every database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deskhand.connectors.records.question import Question
from deskhand.domain.errors import Invalid
from deskhand.domain.finding import Finding

SYSTEM = "records"
PATIENCE = 3.0  # seconds a question may take


def bound(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """The value of each parameter, from what it is bound to."""
    return {name: values[bind] for name, bind in question.binds.items()}


def answered(question: Question, rows: Sequence[Mapping[str, Any]], at: datetime) -> Finding:
    """`Invalid` when a column is not of its declared type: better no answer than a wrong one."""
    try:
        typed = tuple(question.typed(row) for row in rows)
    except (ValueError, KeyError) as error:
        raise Invalid(f"records.{question.name}: a column is not of its declared type") from error
    first = typed[0] if typed else {}
    return Finding(f"records.{question.name}", {"found": bool(typed), **first}, typed, SYSTEM, at)


def lacking(question: Question, columns: Sequence[str]) -> str:
    """The first declared column that the database does not give, as a fault; empty when all are there."""
    missing = sorted(set(question.fields) - set(columns))
    return f"gives no column {missing[0]}" if missing else ""
