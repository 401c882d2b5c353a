"""Who signs in by the company's identity provider, trips there, and links that break the glass."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

moment = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "federated",
        Column("issuer", sa.Text, primary_key=True),
        Column("subject", sa.Text, primary_key=True),
        Column("person", sa.Text, nullable=False, unique=True),
        Column("made_at", moment, nullable=False),
    )
    op.create_table(
        "sign_in_trip",
        Column("id", sa.Text, primary_key=True),
        Column("browser", sa.Text, nullable=False),
        Column("nonce", sa.Text, nullable=False),
        Column("verifier", sa.Text, nullable=False),
        Column("next", sa.Text, nullable=False),
        Column("expires_at", moment, nullable=False),
    )
    op.create_table(
        "break_glass",
        Column("id", sa.Text, primary_key=True),
        Column("by", sa.Text, nullable=False),
        Column("why", sa.Text, nullable=False),
        Column("made_at", moment, nullable=False),
        Column("expires_at", moment, nullable=False),
        Column("used_at", moment),
        Column("told_at", moment),
        Column("seen_by", sa.Text, nullable=False),
        Column("seen_at", moment),
    )


def downgrade() -> None:
    for name in ("break_glass", "sign_in_trip", "federated"):
        op.drop_table(name)
