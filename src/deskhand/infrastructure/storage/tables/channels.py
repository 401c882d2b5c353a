"""Conversations that we host ourselves, and what visitors leave beside messages."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from deskhand.domain.attachment import Attachment
from deskhand.infrastructure.storage.columns import Moment, Typed, Words
from deskhand.infrastructure.storage.tables.metadata import metadata, number

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("subject", Words, nullable=False),
    Column("channel", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("phone", Text),
    Column("thread", Text),
    Column("route", Typed(Mapping[str, str])),
    Index("conversation_email", "email"),
    Index("conversation_thread", "channel", "thread"),
)

conversation_message = Table(
    "conversation_message",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("conversation", Text, sa.ForeignKey("conversation.id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("text", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("key", Text, unique=True),
    Column("outer", Text),
    Column("vouched", Boolean),
    Column("attachments", Typed(tuple[Attachment, ...])),
    Column("original", Words),
    Index("conversation_message_conversation", "conversation", "number"),
    Index("conversation_message_outer", "outer"),
)

sending = Table(
    "sending",
    metadata,
    Column("key", Text, primary_key=True),
    Column("conversation", Text, sa.ForeignKey("conversation.id"), nullable=False),
    Column("text", Words, nullable=False),
    Column("began_at", Moment, nullable=False),
)

channel_cursor = Table(
    "channel_cursor",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("visit_who", "who", "at"),
    Index("visit_at", "at"),
)

rating = Table(
    "rating",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("score", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("stretch", Integer, primary_key=True),
    Column("score", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("first", Moment, nullable=False),
    Column("at", Moment, nullable=False),
)

sent_file = Table(
    "sent_file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    Index("sent_file_ticket", "ticket"),
)
