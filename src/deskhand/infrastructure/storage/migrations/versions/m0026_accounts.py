"""Who can sign in: accounts, sessions, API tokens, links that are good once, and wrong tries by account."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        Column("person", sa.Text, primary_key=True),
        Column("role", sa.Text, nullable=False),
        Column("queues", sa.Text, nullable=False),
        Column("made_at", sa.String(27), nullable=False),
        Column("password", sa.Text, nullable=False),
        Column("totp", sa.Text, nullable=False),
        Column("totp_step", sa.BigInteger, nullable=False),
        Column("codes", sa.Text, nullable=False),
        Column("disabled_at", sa.String(27)),
        Column("seen_at", sa.String(27)),
    )
    op.create_table(
        "session",
        Column("id", sa.Text, primary_key=True),
        Column("person", sa.Text, nullable=False),
        Column("made_at", sa.String(27), nullable=False),
        Column("seen_at", sa.String(27), nullable=False),
        Column("expires_at", sa.String(27), nullable=False),
        Column("agent", sa.Text, nullable=False),
        Column("place", sa.Text, nullable=False),
        Column("revoked_at", sa.String(27)),
    )
    op.create_index("session_person", "session", ["person"])
    op.create_table(
        "api_token",
        Column("id", sa.Text, primary_key=True),
        Column("name", sa.Text, nullable=False),
        Column("person", sa.Text, nullable=False),
        Column("role", sa.Text, nullable=False),
        Column("made_at", sa.String(27), nullable=False),
        Column("expires_at", sa.String(27), nullable=False),
        Column("used_at", sa.String(27)),
        Column("revoked_at", sa.String(27)),
    )
    op.create_index("api_token_person", "api_token", ["person"])
    op.create_table(
        "sign_in_link",
        Column("id", sa.Text, primary_key=True),
        Column("person", sa.Text, nullable=False),
        Column("expires_at", sa.String(27), nullable=False),
        Column("used_at", sa.String(27)),
    )
    op.create_table(
        "account_attempt",
        Column("who", sa.Text, primary_key=True),
        Column("wrong", sa.Integer, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    for name in ("account_attempt", "sign_in_link", "api_token", "session", "account"):
        op.drop_table(name)
