"""Tickets of the past, and how far each feed was read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_cursor",
        Column("source", sa.Text, primary_key=True),
        Column("cursor", sa.Text, nullable=False),
    )
    op.create_table(
        "past_ticket",
        Column("ticket", sa.Text, primary_key=True),
        Column("version", sa.Text, nullable=False),
        Column("source", sa.Text, nullable=False),
        Column("kept_at", sa.String(27), nullable=False),
        Column("body", sa.Text, nullable=False),
    )
    op.create_index("past_ticket_source", "past_ticket", ["source"])


def downgrade() -> None:
    op.drop_table("past_ticket")
    op.drop_table("feed_cursor")
