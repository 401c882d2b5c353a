"""The kill switch, and when a suggestion was first shown to whom."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        Column("scope", sa.Text, primary_key=True),
        Column("by", sa.Text, nullable=False),
        Column("why", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("lifted_at", sa.String(27)),
    )
    op.create_table(
        "suggestion_shown",
        Column("suggestion", sa.Text, sa.ForeignKey("suggestion.id"), primary_key=True),
        Column("person", sa.Text, primary_key=True),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_index("effect_at", "effect", ["at"])


def downgrade() -> None:
    op.drop_index("effect_at", "effect")
    op.drop_table("suggestion_shown")
    op.drop_table("pause")
