"""Every text of the policy that a desk was started with, so that old verdicts can be decided again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_text",
        Column("digest", sa.Text, primary_key=True),
        Column("files", sa.Text, nullable=False),
        Column("kept_at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("policy_text")
