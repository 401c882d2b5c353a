"""The key that signs checkpoints of the journal, and the desk folder as it was at each version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_key",
        Column("public", sa.Text, primary_key=True),
        Column("private", sa.Text, nullable=False),
        Column("made_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "desk_file",
        Column("sha256", sa.Text, primary_key=True),
        Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "desk_version",
        Column("version", sa.Text, primary_key=True),
        Column("digest", sa.Text, nullable=False),
        Column("files", sa.JSON, nullable=False),
        Column("kept_at", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("desk_version")
    op.drop_table("desk_file")
    op.drop_table("signing_key")
