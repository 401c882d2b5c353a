"""Indexes without which pages and /metrics read every ticket there ever was."""

from alembic import op

revision = "0036"
down_revision = "0032"
branch_labels = None
depends_on = None

INDEXES = {
    "inbox_source": ("inbox", ["source", "received_at"]),
    "ticket_owner": ("ticket", ["owner", "changed_at"]),
    "ticket_channel": ("ticket", ["channel", "changed_at"]),
    "ticket_unclosed": ("ticket", ["closed_at", "owner"]),
    "journal_at": ("journal", ["at"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
