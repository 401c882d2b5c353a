"""Tries to sign in that failed, counted for all processes together and kept no longer than they count."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.tables.people import sign_in_attempt as table

WINDOW = timedelta(minutes=10)
FROM_ONE, FROM_ALL = 10, 200  # wrong tries within the window, from one address and from all together


class SignIns:
    def __init__(self, database: sa.Engine):
        self._database = database

    def tried(self, address: str, now: datetime, *, right: bool) -> datetime | None:
        """Note a try from this address. When it may try again, if this try does not count, whether it was right or
        not; None when it counts. A right one waits for the wrong tries of its own address alone: whoever tries from
        many addresses must not keep everybody out, and no number of tries finds a token."""
        with exclusive(self._database) as connection:
            connection.execute(sa.delete(table).where(table.c.at <= now - WINDOW))
            until = _until(connection, FROM_ONE, table.c.address == address)
            until = until if until or right else _until(connection, FROM_ALL)
            if until is None and not right:
                connection.execute(sa.insert(table).values(address=address, at=now))
            return until


def _until(connection: sa.Connection, most: int, *which: sa.ColumnElement[bool]) -> datetime | None:
    """When there will be fewer than `most` again; None while there are."""
    newest_first = sa.select(table.c.at).where(*which).order_by(table.c.at.desc(), table.c.number.desc())
    at: datetime | None = connection.scalar(newest_first.offset(most - 1).limit(1))
    return None if at is None else at + WINDOW
