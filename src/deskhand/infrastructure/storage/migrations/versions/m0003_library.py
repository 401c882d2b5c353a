"""The library: articles, the passages they are cut into with their vectors, and the index of their words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, UniqueConstraint

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS_SQLITE = (
    "create virtual table passage_words using fts5(title, body, tokenize='porter unicode61')",
    "insert into passage_words(passage_words, rank) values ('rank', 'bm25(3.0, 1.0)')",
)
WORDS_POSTGRESQL = (
    "create table passage_words (number bigint primary key references passage on delete cascade,"
    " words tsvector not null)",
    "create index passage_words_words on passage_words using gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "library",
        Column("number", sa.Integer, primary_key=True),
        Column("version", sa.BigInteger, nullable=False),
        Column("embedder", sa.Text, nullable=False),
    )
    op.execute("insert into library (number, version, embedder) values (1, 0, '')")
    op.create_table(
        "article",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        *texts("origin source title text audience"),
        Column("updated_at", sa.String(27), nullable=False),
        *texts("digest locale owner product version family"),
        Column("precedent", sa.Boolean, nullable=False),
        *texts("embedder"),
        UniqueConstraint("origin", "source", name="article_source"),
        sqlite_autoincrement=True,
    )
    op.create_index("article_embedder", "article", ["embedder"])
    op.create_table(
        "passage",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        Column("article", NUMBER, sa.ForeignKey("article.number", ondelete="CASCADE"), nullable=False),
        *texts("embedder"),
        Column("place", sa.Integer, nullable=False),
        *texts("heading"),
        Column("start", sa.Integer, nullable=False),
        Column("length", sa.Integer, nullable=False),
        *texts("links"),
        Column("vector", sa.LargeBinary, nullable=False),
        UniqueConstraint("article", "embedder", "place", name="passage_place"),
        sqlite_autoincrement=True,
    )
    for statement in WORDS_SQLITE if op.get_bind().dialect.name == "sqlite" else WORDS_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for name in ("passage_words", "passage", "article", "library"):
        op.drop_table(name)


def texts(names: str) -> list[Column[str]]:
    return [Column(name, sa.Text, nullable=False) for name in names.split()]
