"""What the queue shows of a ticket, and who is looking at it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = ("name", "about", "language")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("ticket", Column(name, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "viewing",
        Column("ticket", sa.Text, primary_key=True),
        Column("person", sa.Text, primary_key=True),
        Column("at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("viewing")
    for name in reversed(COLUMNS):
        op.drop_column("ticket", name)
