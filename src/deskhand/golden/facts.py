"""Facts that a golden ticket gives: what look-ups find for it, instead of asking the twins."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from deskhand.domain.finding import Finding, LookupSpec
from deskhand.domain.lined_yaml import Items, Map
from deskhand.policy.case_file import value_of
from deskhand.policy.nearest import one_of

ROWS = "rows"
SOURCE = "golden ticket"
EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")  # only to see whether a moment can be read


def fact_faults(facts: Mapping[Any, Any], specs: Mapping[str, LookupSpec]) -> Iterator[tuple[int, str]]:
    """Line and words of whatever no look-up finds, or finds in another form."""
    for name, raw in facts.items():
        if name not in specs:
            yield name.line, f"unknown look-up {str(name)!r}{one_of(name, specs)}"
        elif not isinstance(raw, Map):
            yield name.line, f"{name} is a table of the fields that it finds"
        else:
            yield from _fields(raw, specs[name].fields, (ROWS,) if specs[name].rows else ())
            rows = raw.get(ROWS, Items())
            if specs[name].rows and not (isinstance(rows, Items) and all(isinstance(one, Map) for one in rows)):
                yield rows.line, f"`{ROWS}` is a list of tables"
            else:
                for row in rows if specs[name].rows else ():
                    yield from _fields(row, specs[name].rows, ())


def _fields(raw: Mapping[Any, Any], types: Mapping[str, type], apart: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for name, value in raw.items():
        if name in apart:
            continue
        if name not in types:
            yield name.line, f"{name} is no field here{one_of(name, types)}"
            continue
        try:
            value_of(value, types[name], EPOCH)
        except ValueError as error:
            yield name.line, f"{name}: {error}"


def findings(facts: Mapping[str, Any], specs: Mapping[str, LookupSpec], now: datetime) -> dict[str, Finding]:
    """What each look-up finds, by name."""
    return {str(name): _finding(str(name), raw, specs[name], now) for name, raw in facts.items()}


def _finding(name: str, raw: Mapping[str, Any], spec: LookupSpec, now: datetime) -> Finding:
    """What the look-up finds. What is not said is unknown, never false or zero."""

    def read(table: Mapping[str, Any], types: Mapping[str, type]) -> dict[str, Any]:
        return {str(key): value_of(value, types[key], now) for key, value in table.items() if key != ROWS}

    rows = tuple(read(one, spec.rows) for one in raw.get(ROWS, ()))
    return Finding(name, read(raw, spec.fields), rows, SOURCE, now)
