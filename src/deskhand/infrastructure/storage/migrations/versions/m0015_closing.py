"""When a ticket closed, and when to look next at one that is open."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", Column("closed_at", sa.String(27)))
    op.add_column("ticket", Column("look_at", sa.String(27)))
    op.create_index("ticket_open", "ticket", ["closed_at", "changed_at"])


def downgrade() -> None:
    op.drop_index("ticket_open", "ticket")
    op.drop_column("ticket", "look_at")
    op.drop_column("ticket", "closed_at")
