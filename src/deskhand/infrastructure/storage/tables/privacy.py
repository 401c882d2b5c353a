"""Words of people kept apart from the journal, who is erased, and whose messages no assistant reads."""

from collections.abc import Mapping

from sqlalchemy import Column, Index, Table, Text

from deskhand.infrastructure.storage.columns import Moment, Typed
from deskhand.infrastructure.storage.tables.metadata import metadata, number

apart = Table(
    "apart",
    metadata,
    Column("token", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("apart_value", "value"),
    Index("apart_about", "about"),
)

forgetting = Table(
    "forgetting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("tickets", Typed(tuple[str, ...]), nullable=False),
    Column("customers", Typed(tuple[str, ...]), nullable=False),
    Column("addresses", Typed(tuple[str, ...]), nullable=False),
    Column("done", Typed(Mapping[str, Mapping[str, int]]), nullable=False),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

restriction = Table(
    "restriction",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("restriction_who", "who"),
)
