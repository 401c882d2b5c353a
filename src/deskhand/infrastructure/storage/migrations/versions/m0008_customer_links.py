"""What agents say of records that may or may not be one person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "customer_link",
        Column("number", number, primary_key=True, autoincrement=True),
        Column("bond", sa.Text, nullable=False),
        Column("keep", sa.Text, nullable=False),
        Column("other", sa.Text, nullable=False),
        Column("by", sa.Text, nullable=False),
        Column("why", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("undone_by", sa.Text, nullable=False),
        Column("undone_at", sa.String(27)),
        sqlite_autoincrement=True,
    )
    op.create_index("customer_link_keep", "customer_link", ["keep"])


def downgrade() -> None:
    op.drop_table("customer_link")
