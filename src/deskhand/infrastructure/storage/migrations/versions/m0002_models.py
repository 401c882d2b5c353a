"""What models were asked and answered, what agents made of suggestions, and whose each result is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, UniqueConstraint

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exchange",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        *(Column(name, sa.Text, nullable=False) for name in "ticket message digest question answer".split()),
        Column("at", sa.String(27), nullable=False),
        UniqueConstraint("ticket", "digest", name="exchange_question"),
    )
    op.create_table(
        "example",
        Column("number", NUMBER, primary_key=True, autoincrement=True),
        Column("id", sa.Text, nullable=False, unique=True),
        Column("customer", sa.Text, nullable=False),
        Column("example", sa.Text, nullable=False),
    )
    op.create_index("example_customer", "example", ["customer"])
    op.add_column("result", Column("customer", sa.Text, nullable=False, server_default=""))
    op.add_column("result", Column("verified", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("result", Column("at", sa.String(27)))
    op.add_column("result", Column("standing", sa.Text))
    op.create_index("result_customer", "result", ["customer", "number"])


def downgrade() -> None:
    op.drop_index("result_customer", "result")
    for name in ("standing", "at", "verified", "customer"):
        op.drop_column("result", name)
    op.drop_table("example")
    op.drop_table("exchange")
