"""Which message gets the full answer to a matter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matter",
        Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        Column("customer", sa.Text, nullable=False),
        Column("ticket", sa.Text, nullable=False),
        Column("message", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("claim", sa.Text, nullable=False),
        sa.UniqueConstraint("ticket", "message", name="matter_message"),
    )
    op.create_index("matter_customer", "matter", ["customer", "at"])
    op.create_index("matter_at", "matter", ["at"])


def downgrade() -> None:
    op.drop_table("matter")
