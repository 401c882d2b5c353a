"""The texts of policies by their digest: what a desk was started with, kept for good."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import add_once, exclusive
from deskhand.infrastructure.storage.tables.journal import policy_text as table


def keep(engine: sa.Engine, digest: str, files: Mapping[str, str], at: datetime) -> None:
    """A second time with the same digest changes nothing."""
    with exclusive(engine) as connection:
        add_once(connection, table, {"digest": digest, "files": files, "kept_at": at}, unless=["digest"])


def kept(connection: sa.Connection) -> Mapping[str, Mapping[str, str]]:
    """The files of every text that was kept, by its digest; nothing where the database is older than this table."""
    if not sa.inspect(connection).has_table(table.name):
        return {}
    return {row.digest: row.files for row in connection.execute(sa.select(table.c.digest, table.c.files))}


def versions(connection: sa.Connection) -> list[tuple[str, datetime]]:
    """Each digest with when a desk was first started with its text, newest first."""
    wanted = sa.select(table.c.digest, table.c.kept_at).order_by(table.c.kept_at.desc(), table.c.digest)
    return [(row.digest, row.kept_at) for row in connection.execute(wanted)]
