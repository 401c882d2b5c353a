"""What the journal keeps apart, who is being forgotten and who was, and whom no assistant may read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apart",
        Column("token", sa.Text, primary_key=True),
        Column("value", sa.Text, nullable=False),
        Column("about", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_index("apart_value", "apart", ["value"])
    op.create_index("apart_about", "apart", ["about"])
    op.create_table(
        "forgetting",
        Column("id", sa.Text, primary_key=True),
        Column("at", sa.String(27), nullable=False),
        *(Column(name, sa.Text, nullable=False) for name in ("tickets", "customers", "addresses", "done")),
    )
    op.create_table(
        "forgotten",
        Column("mark", sa.Text, primary_key=True),
        Column("id", sa.Text, primary_key=True),
        Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "restriction",
        Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        Column("who", sa.Text, nullable=False),
        Column("by", sa.Text, nullable=False),
        Column("at", sa.String(27), nullable=False),
        Column("undone_by", sa.Text, nullable=False),
        Column("undone_at", sa.String(27)),
    )
    op.create_index("restriction_who", "restriction", ["who"])


def downgrade() -> None:
    for name in ("restriction", "forgotten", "forgetting", "apart"):
        op.drop_table(name)
