"""What agents whispered to the assistant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guidance",
        Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        Column("id", sa.Text, nullable=False, unique=True),
        Column("ticket", sa.Text, nullable=False),
        Column("agent", sa.Text, nullable=False),
        Column("text", sa.Text, nullable=False),
        Column("procedure", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("message", sa.Text, nullable=False),
        Column("withdrawn_by", sa.Text),
        Column("withdrawn_at", sa.String(27)),
    )
    op.create_index("guidance_ticket", "guidance", ["ticket"])


def downgrade() -> None:
    op.drop_table("guidance")
