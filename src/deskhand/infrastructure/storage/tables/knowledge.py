"""Articles as they are searched, calls of language models, and what agents taught."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from deskhand.domain.example import Example
from deskhand.infrastructure.storage.columns import Moment, Typed, Words
from deskhand.infrastructure.storage.tables.metadata import metadata, number

library = Table(
    "library",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", sa.BigInteger, nullable=False),
    Column("embedder", Text, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("origin", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("audience", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("digest", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("precedent", Boolean, nullable=False),
    Column("embedder", Text, nullable=False),
    UniqueConstraint("origin", "source", name="article_source"),
    Index("article_embedder", "embedder"),
    sqlite_autoincrement=True,  # a number is never given again: readers tell by it what they know
)

passage = Table(
    "passage",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("article", number, sa.ForeignKey("article.number", ondelete="CASCADE"), nullable=False),
    Column("embedder", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("heading", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("links", Typed(tuple[str, ...]), nullable=False),
    Column("vector", sa.LargeBinary, nullable=False),
    UniqueConstraint("article", "embedder", "place", name="passage_place"),
    sqlite_autoincrement=True,
)

exchange = Table(
    "exchange",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("ticket", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("ticket", "digest", name="exchange_question"),
)

example = Table(
    "example",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("customer", Text, nullable=False),
    Column("example", Typed(Example), nullable=False),
    Index("example_customer", "customer"),
)
