"""The first tables, and a journal that refuses to be changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, UniqueConstraint

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {
    "ticket": {"changed_at": ["changed_at"]},
    "effect": {
        "ticket": ["ticket"],
        "subject": ["subject", "state"],
        "customer": ["customer", "currency", "at"],
        "state": ["state", "at"],
    },
    "suggestion": {"state": ["state", "created_at"], "ticket": ["ticket"]},
    "confirmation": {"ticket": ["ticket"]},
    "journal": {"ticket": ["ticket", "seq"], "kind": ["kind", "seq"]},
    "conversation": {"email": ["email"]},
    "conversation_message": {"conversation": ["conversation", "number"]},
}
TABLES = "inbox ticket effect suggestion approval confirmation journal result conversation conversation_message".split()

REFUSE_SQLITE = """
create trigger journal_refuses_{deed} before {deed} on journal
begin select raise(abort, 'the journal is append-only'); end
"""
REFUSE_POSTGRESQL = """
create function journal_refuses() returns trigger language plpgsql as
$$ begin raise exception 'the journal is append-only'; end $$
"""
TRIGGER_POSTGRESQL = """
create trigger journal_refuses_changes before update or delete or truncate on journal
for each statement execute function journal_refuses()
"""


def upgrade() -> None:
    intake()
    effects()
    decisions()
    records()
    conversations()
    for table, indexes in INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(f"{table}_{name}", table, columns)
    protect_journal()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function journal_refuses()")


def intake() -> None:
    op.create_table(
        "inbox",
        Column("source", sa.Text, primary_key=True),
        Column("id", sa.Text, primary_key=True),
        *texts("ticket message channel"),
        moment("received_at"),
        UniqueConstraint("ticket", "message", name="inbox_message"),
    )
    op.create_table(
        "ticket",
        Column("ticket", sa.Text, primary_key=True),
        *texts("channel"),
        Column("turns", sa.Integer, nullable=False),
        *texts("owner"),
        moment("changed_at", nullable=True),
    )


def effects() -> None:
    op.create_table(
        "effect",
        Column("key", sa.Text, primary_key=True),
        *texts("ticket customer action subject args"),
        Column("minor", sa.BigInteger),
        Column("currency", sa.Text),
        Column("alone", sa.Boolean, nullable=False),
        *texts("state"),
        moment("at"),
        Column("receipt", sa.Text),
        *texts("reason"),
    )


def decisions() -> None:
    op.create_table(
        "suggestion",
        Column("id", sa.Text, primary_key=True),
        *texts("ticket heard resolution digest stage roles state"),
        moment("created_at"),
        moment("expires_at"),
        Column("settled_by", sa.Text),
        moment("settled_at", nullable=True),
        Column("settled_text", sa.Text),
    )
    op.create_table(
        "approval",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        Column("suggestion", sa.Text, sa.ForeignKey("suggestion.id"), nullable=False),
        *texts("role person digest"),
        moment("at"),
        UniqueConstraint("suggestion", "role", "person", "digest", name="approval_once"),
    )
    op.create_table(
        "confirmation",
        Column("key", sa.Text, primary_key=True),
        *texts("ticket digest action procedure"),
        moment("asked_at"),
        moment("expires_at"),
        moment("confirmed_at", nullable=True),
    )


def records() -> None:
    op.create_table(
        "journal",
        Column("seq", NUMBER, primary_key=True, autoincrement=False),
        moment("at"),
        *texts("kind ticket body hash"),
    )
    op.create_table(
        "result",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        *texts("ticket message outcome result"),
        UniqueConstraint("ticket", "message", name="result_message"),
    )


def conversations() -> None:
    op.create_table(
        "conversation",
        Column("id", sa.Text, primary_key=True),
        *texts("email name"),
        Column("verified", sa.Boolean, nullable=False),
        *texts("subject channel"),
        moment("created_at"),
    )
    op.create_table(
        "conversation_message",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        Column("id", sa.Text, nullable=False, unique=True),
        Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        *texts("author"),
        Column("public", sa.Boolean, nullable=False),
        *texts("text"),
        moment("sent_at"),
        Column("key", sa.Text, unique=True),
    )


def protect_journal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(REFUSE_SQLITE.format(deed=deed))
    else:
        op.execute(REFUSE_POSTGRESQL)
        op.execute(TRIGGER_POSTGRESQL)


def texts(names: str) -> "list[Column[str]]":
    return [Column(name, sa.Text, nullable=False) for name in names.split()]


def moment(name: str, *, nullable: bool = False) -> "Column[str]":
    return Column(name, sa.String(27), nullable=nullable)
