"""One sealed line of the journal, written in the transaction that changes what it tells of."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.seals import Family, SqlSealed, seal_newest


def append_sealed(
    connection: sa.Connection, secret: bytes, family: Family, kind: str, body: Mapping[str, object], at: datetime
) -> int:
    """One line more, in a transaction that runs alone and has no other journal; its number."""
    lines = SqlJournal(connection)
    number = SqlSealed(connection, lines, secret, family).append(kind, body, at)
    lines.close()
    if lines.last is not None:
        seal_newest(connection, secret, *lines.last)
    return number
