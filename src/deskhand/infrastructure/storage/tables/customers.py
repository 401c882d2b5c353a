"""Customers: proofs of who they are, which records are one person, and whom we write to first."""

from collections.abc import Mapping

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from deskhand.domain.finding import Value
from deskhand.infrastructure.storage.columns import Moment, Typed, Words
from deskhand.infrastructure.storage.tables.metadata import metadata, number

identity_code = Table(
    "identity_code",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("ticket", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Moment),
    Index("identity_code_ticket", "ticket", "number"),
    Index("identity_code_customer", "customer", "issued_at"),
    Index("identity_code_state", "state", "expires_at"),
)

identity_attempt = Table(
    "identity_attempt",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("waits", Text, nullable=False),
    Column("left", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Index("identity_attempt_customer", "customer", "at"),
)

customer_link = Table(
    "customer_link",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("bond", Text, nullable=False),
    Column("keep", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("customer_link_keep", "keep"),
    sqlite_autoincrement=True,
)

proactive_contact = Table(
    "proactive_contact",
    metadata,
    Column("key", Text, primary_key=True),
    Column("family", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Typed(Mapping[str, Value]), nullable=False),
    Column("noticed_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("settled_at", Moment),
    Column("ticket", Text, nullable=False),
    Column("solved", Boolean),
    Index("proactive_contact_customer", "customer", "at"),
    Index("proactive_contact_state", "state"),
    Index("proactive_contact_origin", "origin"),
)

opt_out = Table(
    "opt_out",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("customer", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone_at", Moment),
    Index("opt_out_customer", "customer"),
    sqlite_autoincrement=True,
)
