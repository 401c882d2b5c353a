"""What customers corrected in a summary, and which messages of agents were looked at."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "correction",
        Column("number", number, primary_key=True, autoincrement=True),
        Column("id", sa.Text, nullable=False),
        Column("ticket", sa.Text, nullable=False),
        Column("message", sa.Text, nullable=False),
        Column("text", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        sa.UniqueConstraint("id", name="correction_id"),
    )
    op.create_index("correction_ticket", "correction", ["ticket"])
    op.create_table(
        "agent_message",
        Column("ticket", sa.Text, primary_key=True),
        Column("message", sa.Text, primary_key=True),
        Column("at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("agent_message")
    op.drop_table("correction")
