"""Events that a customer may be written to about first, and who wants no such message."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "proactive_contact",
        Column("key", sa.Text, primary_key=True),
        Column("family", sa.Text, nullable=False),
        Column("kind", sa.Text, nullable=False),
        Column("event", sa.Text, nullable=False),
        Column("origin", sa.Text, nullable=False),
        Column("customer", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("facts", sa.Text, nullable=False),
        Column("noticed_at", sa.String(27), nullable=False),
        Column("state", sa.Text, nullable=False),
        Column("why", sa.Text, nullable=False),
        Column("settled_at", sa.String(27)),
        Column("ticket", sa.Text, nullable=False),
        Column("solved", sa.Boolean),
    )
    op.create_index("proactive_contact_customer", "proactive_contact", ["customer", "at"])
    op.create_index("proactive_contact_state", "proactive_contact", ["state"])
    op.create_index("proactive_contact_origin", "proactive_contact", ["origin"])
    op.create_table(
        "opt_out",
        Column("number", number, primary_key=True, autoincrement=True),
        Column("customer", sa.Text, nullable=False),
        Column("by", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("undone_by", sa.Text, nullable=False),
        Column("undone_at", sa.String(27)),
        sqlite_autoincrement=True,
    )
    op.create_index("opt_out_customer", "opt_out", ["customer"])


def downgrade() -> None:
    op.drop_table("opt_out")
    op.drop_table("proactive_contact")
