"""Whose messages no assistant may read, under keyed hashes."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.privacy import mark
from deskhand.infrastructure.storage.tables.privacy import restriction as table

STANDS = table.c.undone_at.is_(None)


class SqlRestrictions:
    """See `ports.store.Restrictions`."""

    def __init__(self, connection: sa.Connection, secret: bytes):
        self.connection, self.secret = connection, secret

    def any_stands(self) -> bool:
        return self.connection.scalar(sa.select(table.c.number).where(STANDS).limit(1)) is not None

    def put(self, names: Collection[str], *, by: str, at: datetime) -> int:
        new = sorted(self._marks(names) - self._standing(names))
        for one in new:
            self.connection.execute(sa.insert(table).values(who=one, by=by, at=at, undone_by=""))
        return len(new)

    def lift(self, names: Collection[str], *, by: str, at: datetime) -> int:
        which = sa.update(table).where(table.c.who.in_(self._marks(names)), STANDS)
        return self.connection.execute(which.values(undone_by=by, undone_at=at)).rowcount

    def on(self, names: Collection[str]) -> bool:
        return bool(self._standing(names))

    def _standing(self, names: Collection[str]) -> set[str]:
        wanted = sa.select(table.c.who).where(table.c.who.in_(self._marks(names)), STANDS)
        return set(self.connection.scalars(wanted))

    def _marks(self, names: Collection[str]) -> set[str]:
        return {mark(self.secret, one) for one in names if one.strip()}
