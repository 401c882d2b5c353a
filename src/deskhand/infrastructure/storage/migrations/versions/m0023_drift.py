"""What is known of each signal that is watched for drift, and how far the journal was read for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drift_stream",
        Column("procedure", sa.Text, primary_key=True),
        Column("signal", sa.Text, primary_key=True),
        Column("state", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("drift_stream")
