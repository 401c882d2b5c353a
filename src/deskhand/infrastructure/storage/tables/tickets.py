"""Tickets and what is known of them: deliveries, owners, handoffs, results, whispers, and those of the past."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from deskhand.domain.matter import Claim
from deskhand.domain.outcome import RunResult
from deskhand.domain.standing import Standing
from deskhand.domain.ticket import Ticket
from deskhand.infrastructure.storage.columns import Moment, Typed, Words
from deskhand.infrastructure.storage.tables.metadata import metadata, number

inbox = Table(
    "inbox",
    metadata,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("ticket", "message", name="inbox_message"),
    Index("inbox_source", "source", "received_at"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("changed_at", Moment),
    Column("name", Words, nullable=False, server_default=""),
    Column("about", Words, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("closed_at", Moment),
    Column("look_at", Moment),
    Index("ticket_changed_at", "changed_at"),
    Index("ticket_open", "closed_at", "changed_at"),
    Index("ticket_owner", "owner", "changed_at"),
    Index("ticket_channel", "channel", "changed_at"),
    Index("ticket_unclosed", "closed_at", "owner"),
)

viewing = Table(
    "viewing",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

handoff = Table(
    "handoff",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Moment),
    Column("promised", Moment),
    Column("warned_at", Moment),
    Column("breached_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Text),
    Index("handoff_open", "ended_at", "at"),
)

result = Table(
    "result",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("result", Typed(RunResult), nullable=False),
    Column("customer", Text, nullable=False, server_default=""),
    Column("verified", Boolean, nullable=False, server_default=sa.false()),
    Column("at", Moment),
    Column("standing", Typed(Standing)),
    UniqueConstraint("ticket", "message", name="result_message"),
    Index("result_customer", "customer", "number"),
)

matter = Table(
    "matter",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("customer", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("claim", Typed(Claim), nullable=False),
    UniqueConstraint("ticket", "message", name="matter_message"),
    Index("matter_customer", "customer", "at"),
    Index("matter_at", "at"),
)

correction = Table(
    "correction",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("id", name="correction_id"),
    Index("correction_ticket", "ticket"),
)

guidance = Table(
    "guidance",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("ticket", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("message", Text, nullable=False),
    Column("withdrawn_by", Text),
    Column("withdrawn_at", Moment),
    Index("guidance_ticket", "ticket"),
)

agent_message = Table(
    "agent_message",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

feed_cursor = Table(
    "feed_cursor",
    metadata,
    Column("source", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

past_ticket = Table(
    "past_ticket",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("body", Typed(Ticket), nullable=False),
    Index("past_ticket_source", "source"),
)
