"""What is done outside, and what stands before it: the ledger, pauses, suggestions and questions to customers."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint

from deskhand.domain.action import Action, Receipt
from deskhand.domain.heard import Heard
from deskhand.domain.resolution import Resolution
from deskhand.infrastructure.storage.columns import Moment, Typed, Words
from deskhand.infrastructure.storage.tables.metadata import metadata, number

effect = Table(
    "effect",
    metadata,
    Column("key", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("args", Typed(Mapping[str, str]), nullable=False),
    Column("minor", sa.BigInteger),
    Column("currency", Text),
    Column("alone", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("receipt", Typed(Receipt)),
    Column("reason", Words, nullable=False),
    Index("effect_ticket", "ticket"),
    Index("effect_subject", "subject", "state"),
    Index("effect_customer", "customer", "currency", "at"),
    Index("effect_state", "state", "at"),
    Index("effect_at", "at"),
)

pause = Table(
    "pause",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("lifted_at", Moment),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("heard", Typed(Heard), nullable=False),
    Column("resolution", Typed(Resolution), nullable=False),
    Column("digest", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("roles", Typed(tuple[str, ...]), nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("settled_by", Text),
    Column("settled_at", Moment),
    Column("settled_text", Words),
    Index("suggestion_state", "state", "created_at"),
    Index("suggestion_ticket", "ticket"),
)

approval = Table(
    "approval",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("suggestion", Text, sa.ForeignKey("suggestion.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("suggestion", "role", "person", "digest", name="approval_once"),
)

suggestion_shown = Table(
    "suggestion_shown",
    metadata,
    Column("suggestion", Text, sa.ForeignKey("suggestion.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

confirmation = Table(
    "confirmation",
    metadata,
    Column("key", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("action", Typed(Action), nullable=False),
    Column("procedure", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Index("confirmation_ticket", "ticket"),
)
