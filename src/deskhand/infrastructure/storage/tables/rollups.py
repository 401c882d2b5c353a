"""Entries and sums that every metric is read from; all of it can be counted anew from the journal."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from deskhand.infrastructure.storage.columns import Moment
from deskhand.infrastructure.storage.tables.metadata import metadata, number

rollup_state = Table(
    "rollup_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("upto", number, nullable=False),
    Column("building", Text),
    Column("generation", number, nullable=False),
    Column("body", Text, nullable=False, server_default="{}"),
)

rollup_entry = Table(
    "rollup_entry",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("came_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("counted", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("rollup_entry_came", "came_at", "ticket"),
    Index("rollup_entry_closed", "closed_at", "came_at"),
)

rollup_party = Table(
    "rollup_party",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("since", Moment),
    Column("until", Moment),
    Column("came_at", Moment),
    Column("arm", Text, nullable=False),
    Index("rollup_party_ticket", "ticket"),
    sqlite_with_rowid=False,
)

rollup_contact = Table(
    "rollup_contact",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    Index("rollup_contact_customer", "customer", "at"),
    sqlite_with_rowid=False,
)

rollup_customer = Table(
    "rollup_customer",
    metadata,
    Column("customer", Text, primary_key=True),
    Column("first_at", Moment),
    Column("arm", Text, nullable=False),
    Column("left_at", Moment),
    Index("rollup_customer_first", "first_at"),
    sqlite_with_rowid=False,
)

rollup_sum = Table(
    "rollup_sum",
    metadata,
    Column("cohort", Text, primary_key=True),
    Column("by", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
