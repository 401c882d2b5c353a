"""A look-up over the last days: its rows, newest first, and the newest one as fields."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskhand.domain.finding import Finding, Value
from deskhand.domain.read import Read

DAYS = {"days": int}


def latest(row: Mapping[str, type], id: str) -> dict[str, type]:
    """The types of the fields that `listing` makes of the newest row."""
    return {"latest.id": row[id]} | {f"latest.{name}": kind for name, kind in row.items() if name != id}


def listing(name: str, rows: list[dict[str, Value]], id: str, since: datetime, read: Read[Any]) -> Finding:
    """`id` is the column that names a row."""
    fields: dict[str, Value] = {"since": since}
    if rows:
        fields |= {f"latest.{'id' if key == id else key}": value for key, value in rows[0].items()}
    return Finding(name, fields, tuple(rows), read.source, read.read_at)
