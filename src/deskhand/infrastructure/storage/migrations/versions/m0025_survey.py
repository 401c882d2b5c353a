"""How satisfied customers said they are by the page of a letter: one answer for each ticket from opening to closing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_answer",
        Column("ticket", sa.Text, primary_key=True),
        Column("stretch", sa.Integer, primary_key=True),
        Column("score", sa.Integer, nullable=False),
        Column("words", sa.Text, nullable=False),
        Column("first", sa.String(27), nullable=False),
        Column("at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("survey_answer")
