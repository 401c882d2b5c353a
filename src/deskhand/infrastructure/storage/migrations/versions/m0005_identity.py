"""Identity: one-time codes that were sent, and what became of the numbers that came back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "identity_code",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        Column("key", sa.Text, nullable=False, unique=True),
        *texts("ticket customer message seed"),
        Column("issued_at", sa.String(27), nullable=False),
        Column("expires_at", sa.String(27), nullable=False),
        Column("tries", sa.Integer, nullable=False),
        *texts("state"),
        Column("sent_at", sa.String(27)),
    )
    op.create_index("identity_code_ticket", "identity_code", ["ticket", "number"])
    op.create_index("identity_code_customer", "identity_code", ["customer", "issued_at"])
    op.create_index("identity_code_state", "identity_code", ["state", "expires_at"])
    op.create_table(
        "identity_attempt",
        Column("ticket", sa.Text, primary_key=True),
        Column("message", sa.Text, primary_key=True),
        *texts("code customer outcome waits"),
        Column("left", sa.Integer, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("until", sa.String(27)),
    )
    op.create_index("identity_attempt_customer", "identity_attempt", ["customer", "at"])


def downgrade() -> None:
    for name in ("identity_attempt", "identity_code"):
        op.drop_table(name)


def texts(names: str) -> list[Column[str]]:
    return [Column(name, sa.Text, nullable=False) for name in names.split()]
