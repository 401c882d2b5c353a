"""Roll-ups that are built in phases, with who came first and who left. What was counted is counted anew."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

moment = sa.String(27)
COUNTED = ("rollup_entry", "rollup_sum")
DROPPED = ("rollup_party", "rollup_contact")


def upgrade() -> None:
    _forget()
    op.create_table(
        "rollup_party",
        Column("customer", sa.Text, primary_key=True),
        Column("ticket", sa.Text, primary_key=True),
        Column("since", moment),
        Column("until", moment),
        Column("came_at", moment),
        Column("arm", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("rollup_party_ticket", "rollup_party", ["ticket"])
    _contacts(sqlite_with_rowid=False)
    op.create_table(
        "rollup_customer",
        Column("customer", sa.Text, primary_key=True),
        Column("first_at", moment),
        Column("arm", sa.Text, nullable=False),
        Column("left_at", moment),
        sqlite_with_rowid=False,
    )
    op.create_index("rollup_customer_first", "rollup_customer", ["first_at"])


def downgrade() -> None:
    op.drop_table("rollup_customer")
    _forget()
    op.create_table(
        "rollup_party",
        Column("customer", sa.Text, primary_key=True),
        Column("ticket", sa.Text, primary_key=True),
        Column("until", moment, nullable=False),
    )
    op.create_index("rollup_party_ticket", "rollup_party", ["ticket"])
    _contacts()


def _forget() -> None:
    for name in DROPPED:
        op.drop_table(name)
    for name in COUNTED:
        op.execute(sa.delete(sa.table(name)))
    op.execute(sa.delete(sa.table("rollup_state", sa.column("name"))).where(sa.column("name") == "tickets"))


def _contacts(**options: bool) -> None:
    op.create_table(
        "rollup_contact",
        Column("ticket", sa.Text, primary_key=True),
        Column("place", sa.Integer, primary_key=True),
        Column("customer", sa.Text, nullable=False),
        Column("at", moment, nullable=False),
        Column("body", sa.Text, nullable=False),
        **options,
    )
    op.create_index("rollup_contact_customer", "rollup_contact", ["customer", "at"])
