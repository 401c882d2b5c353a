"""Conversations of channels: their threads, what each message was known by there, and what is on its way out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OF_A_CONVERSATION = ("phone", "thread", "route")
OF_A_MESSAGE = ("outer", "attachments", "original")


def upgrade() -> None:
    for name in OF_A_CONVERSATION:
        op.add_column("conversation", Column(name, sa.Text))
    for name in OF_A_MESSAGE:
        op.add_column("conversation_message", Column(name, sa.Text))
    op.add_column("conversation_message", Column("vouched", sa.Boolean))
    op.create_index("conversation_thread", "conversation", ["channel", "thread"])
    op.create_index("conversation_message_outer", "conversation_message", ["outer"])
    op.create_table(
        "sending",
        Column("key", sa.Text, primary_key=True),
        Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
        Column("text", sa.Text, nullable=False),
        Column("began_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "channel_cursor",
        Column("channel", sa.Text, primary_key=True),
        Column("cursor", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("channel_cursor")
    op.drop_table("sending")
    op.drop_index("conversation_message_outer", "conversation_message")
    op.drop_index("conversation_thread", "conversation")
    for name in ("vouched", *OF_A_MESSAGE):
        op.drop_column("conversation_message", name)
    for name in OF_A_CONVERSATION:
        op.drop_column("conversation", name)
