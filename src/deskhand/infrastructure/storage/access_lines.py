"""The journal's lines about access, written in the transaction that changes an account, a session or a token."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.seals import ACCESS, SqlSealed, seal_newest


def append_access(connection: sa.Connection, secret: bytes, kind: str, body: Mapping[str, object], at: datetime) -> int:
    """One line more, in a transaction that runs alone; its number."""
    lines = SqlJournal(connection)
    number = SqlSealed(connection, lines, secret, ACCESS).append(kind, body, at)
    lines.close()
    if lines.last is not None:
        seal_newest(connection, secret, *lines.last)
    return number
