"""Tickets as they are counted, and what those of each day come to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.String(27)
TABLES = ("rollup_state", "rollup_entry", "rollup_party", "rollup_contact", "rollup_sum")


def upgrade() -> None:
    op.create_table(
        "rollup_state",
        Column("name", sa.Text, primary_key=True),
        Column("stamp", sa.Text, nullable=False),
        Column("upto", number, nullable=False),
        Column("building", sa.Text),
        Column("generation", number, nullable=False),
        Column("body", sa.Text, nullable=False, server_default="{}"),
    )
    op.create_table(
        "rollup_entry",
        Column("ticket", sa.Text, primary_key=True),
        Column("number", sa.Integer, primary_key=True),
        Column("came_at", moment, nullable=False),
        Column("closed_at", moment),
        Column("counted", sa.Boolean, nullable=False),
        Column("body", sa.Text, nullable=False),
    )
    op.create_index("rollup_entry_came", "rollup_entry", ["came_at", "ticket"])
    op.create_index("rollup_entry_closed", "rollup_entry", ["closed_at", "came_at"])
    op.create_table(
        "rollup_party",
        Column("customer", sa.Text, primary_key=True),
        Column("ticket", sa.Text, primary_key=True),
        Column("until", moment, nullable=False),
    )
    op.create_index("rollup_party_ticket", "rollup_party", ["ticket"])
    op.create_table(
        "rollup_contact",
        Column("ticket", sa.Text, primary_key=True),
        Column("place", sa.Integer, primary_key=True),
        Column("customer", sa.Text, nullable=False),
        Column("at", moment, nullable=False),
        Column("body", sa.Text, nullable=False),
    )
    op.create_index("rollup_contact_customer", "rollup_contact", ["customer", "at"])
    op.create_table(
        "rollup_sum",
        Column("cohort", sa.Text, primary_key=True),
        Column("by", sa.Text, primary_key=True),
        Column("day", sa.Text, primary_key=True),
        Column("name", sa.Text, primary_key=True),
        Column("body", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
