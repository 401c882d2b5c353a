"""Kinds of column: a moment, words, and a frozen value as JSON. They read the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.card_number import Own, json_without_cards, nobodys
from deskhand.infrastructure.typed_json import codec

OWN = "deskhand_own_numbers"  # what an engine's dialect carries beside SQLAlchemy's own


def written(at: datetime) -> str:
    """A moment as text of one width, in UTC: sorting the text sorts the moments. ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as text: SQLite has no type for it and would forget the zone."""

    impl = sa.String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Words(sa.types.TypeDecorator[str]):
    """What people and systems wrote: no card number gets into it, whichever way it came."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else json_without_cards(value, own_numbers(dialect))

    def process_literal_param(self, value: str | None, dialect: sa.Dialect) -> str:
        raise TypeError("words are bound, never written into a statement")


class Typed(sa.types.TypeDecorator[Any]):
    """A value of one declared type, kept as JSON text, without card numbers."""

    impl = sa.Text()
    cache_ok = True

    def __init__(self, kind: Any):
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else json_without_cards(codec(self.kind).dump(value), own_numbers(dialect))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else codec(self.kind).load(value)


def own_numbers(dialect: sa.Dialect) -> Own:
    """Which numbers are the company's own, as `database.connect` was told."""
    known: Own = vars(dialect).get(OWN, nobodys)
    return known
