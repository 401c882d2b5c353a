"""Passkeys of people, and what browsers were asked to sign."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

moment = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "passkey",
        Column("id", sa.Text, primary_key=True),
        Column("person", sa.Text, nullable=False),
        Column("public", sa.Text, nullable=False),
        Column("uses", sa.BigInteger, nullable=False),
        Column("name", sa.Text, nullable=False),
        Column("made_at", moment, nullable=False),
        Column("used_at", moment),
    )
    op.create_index("passkey_person", "passkey", ["person"])
    op.create_table(
        "passkey_challenge",
        Column("id", sa.Text, primary_key=True),
        Column("challenge", sa.Text, nullable=False),
        Column("person", sa.Text, nullable=False),
        Column("expires_at", moment, nullable=False),
    )


def downgrade() -> None:
    for name in ("passkey_challenge", "passkey"):
        op.drop_table(name)
