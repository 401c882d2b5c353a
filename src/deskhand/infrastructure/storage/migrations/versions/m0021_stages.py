"""The newest line about stages, and the stage that each customer saw lately."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stage_head",
        Column("number", sa.Integer, primary_key=True),
        Column("seq", sa.BigInteger, nullable=False),
        Column("seal", sa.Text, nullable=False),
    )
    op.create_table(
        "stage_seen",
        Column("who", sa.Text, primary_key=True),
        Column("procedure", sa.Text, primary_key=True),
        Column("stage", sa.Text, nullable=False),
        Column("slot", sa.Float, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_index("stage_seen_at", "stage_seen", ["at"])


def downgrade() -> None:
    op.drop_table("stage_seen")
    op.drop_table("stage_head")
