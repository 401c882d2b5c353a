"""Handoffs that wait for an agent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handoff",
        Column("ticket", sa.Text, primary_key=True),
        Column("message", sa.Text, primary_key=True),
        Column("queue", sa.Text, nullable=False),
        Column("person", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("due", sa.String(27)),
        Column("promised", sa.String(27)),
        Column("warned_at", sa.String(27)),
        Column("breached_at", sa.String(27)),
        Column("ended_at", sa.String(27)),
        Column("ended_by", sa.Text),
    )
    op.create_index("handoff_open", "handoff", ["ended_at", "at"])


def downgrade() -> None:
    op.drop_table("handoff")
