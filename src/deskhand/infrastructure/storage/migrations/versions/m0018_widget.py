"""What visitors of the company's own site leave beside messages: ratings, files, and how often they asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "visit",
        Column("number", number, primary_key=True, autoincrement=True),
        Column("who", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_index("visit_who", "visit", ["who", "at"])
    op.create_index("visit_at", "visit", ["at"])
    op.create_table(
        "rating",
        Column("ticket", sa.Text, primary_key=True),
        Column("score", sa.Integer, nullable=False),
        Column("words", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "sent_file",
        Column("id", sa.Text, primary_key=True),
        Column("ticket", sa.Text, nullable=False),
        Column("message", sa.Text, nullable=False),
        Column("name", sa.Text, nullable=False),
        Column("type", sa.Text, nullable=False),
        Column("size", sa.Integer, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("sent_file_ticket", "sent_file", ["ticket"])


def downgrade() -> None:
    op.drop_table("sent_file")
    op.drop_table("rating")
    op.drop_table("visit")
