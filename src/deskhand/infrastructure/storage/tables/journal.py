"""The journal, what proves it, and what is folded out of it as it grows."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table, Text

from deskhand.infrastructure.storage.columns import Moment, Typed
from deskhand.infrastructure.storage.tables.metadata import metadata, number

journal = Table(
    "journal",
    metadata,
    Column("seq", number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("journal_ticket", "ticket", "seq"),
    Index("journal_kind", "kind", "seq"),
    Index("journal_at", "at"),
)

stage_head = Table(
    "stage_head",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
    Column("seal", Text, nullable=False),
)

stage_seen = Table(
    "stage_seen",
    metadata,
    Column("who", Text, primary_key=True),
    Column("procedure", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("slot", sa.Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index("stage_seen_at", "at"),
)

drift_stream = Table(
    "drift_stream",
    metadata,
    Column("procedure", Text, primary_key=True),
    Column("signal", Text, primary_key=True),
    Column("state", Text, nullable=False),
)

signing_key = Table(
    "signing_key",
    metadata,
    Column("public", Text, primary_key=True),
    Column("private", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

desk_file = Table(
    "desk_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", sa.LargeBinary, nullable=False),
)

desk_version = Table(
    "desk_version",
    metadata,
    Column("version", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("files", sa.JSON, nullable=False),
    Column("kept_at", Moment, nullable=False),
)

policy_text = Table(
    "policy_text",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("files", Typed(Mapping[str, str]), nullable=False),
    Column("kept_at", Moment, nullable=False),
)
