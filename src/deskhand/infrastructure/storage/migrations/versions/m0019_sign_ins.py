"""Tries to sign in that failed: counted, and forgotten soon."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sign_in_attempt",
        Column("number", number, primary_key=True, autoincrement=True),
        Column("address", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_index("sign_in_attempt_at", "sign_in_attempt", ["at"])


def downgrade() -> None:
    op.drop_table("sign_in_attempt")
