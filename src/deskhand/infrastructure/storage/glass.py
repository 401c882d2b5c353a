"""Glass that is broken in an emergency: a link made on the machine lets an admin in, once, and is seen by all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.account import GLASS
from deskhand.domain.errors import NotGranted
from deskhand.infrastructure.passwords import digest
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import ACCESS
from deskhand.infrastructure.storage.tables.people import break_glass as table

LINK, STAYS = timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class Broken:
    """`id` names it and opens nothing."""

    id: str
    by: str
    why: str
    made_at: datetime
    used_at: datetime | None


class SqlGlass:
    def __init__(self, database: sa.Engine, secret: bytes):
        self._database, self._secret = database, secret

    def make(self, why: str, *, by: str, now: datetime) -> str:
        """The secret of the link. `NotGranted` without a reason."""
        if not why.strip():
            raise NotGranted("Say why: every admin reads it. No link was made.")
        given = secrets.token_urlsafe(32)
        id, reason = digest(given), why.strip()[:300]
        row = {"id": id, "by": by, "why": reason, "made_at": now, "expires_at": now + LINK}
        with exclusive(self._database) as connection:
            connection.execute(sa.insert(table).values(**row, seen_by=""))
            told = {"link": id[:12], "why": reason, "by": by}
            append_sealed(connection, self._secret, ACCESS, "access.glass_broken", told, now)
        return given

    def good(self, given: str, now: datetime) -> bool:
        """Whether it still lets somebody in. Looking uses nothing."""
        with self._database.connect() as connection:
            return connection.execute(sa.select(table.c.id).where(*_fresh(given, now))).first() is not None

    def use(self, given: str, now: datetime) -> bool:
        with exclusive(self._database) as connection:
            used = sa.update(table).where(*_fresh(given, now)).values(used_at=now).returning(table.c.id)
            id = connection.scalar(used)
            if id is not None:
                told = {"link": id[:12], "by": GLASS}
                append_sealed(connection, self._secret, ACCESS, "access.glass_used", told, now)
        return id is not None

    def open(self, now: datetime) -> bool:
        """Whether somebody was let in within the last hour."""
        with self._database.connect() as connection:
            return connection.execute(sa.select(table.c.id).where(table.c.used_at > now - STAYS)).first() is not None

    def untold(self) -> Sequence[Broken]:
        """What nobody was alarmed of yet, by whatever way."""
        return self._where(table.c.told_at.is_(None))

    def told(self, id: str, now: datetime) -> None:
        with exclusive(self._database) as connection:
            connection.execute(sa.update(table).where(table.c.id == id).values(told_at=now))

    def unseen(self) -> Sequence[Broken]:
        """What no admin has acknowledged, oldest first."""
        return self._where(table.c.seen_at.is_(None))

    def _where(self, which: sa.ColumnElement[bool]) -> Sequence[Broken]:
        columns = (table.c.id, table.c.by, table.c.why, table.c.made_at, table.c.used_at)
        wanted = sa.select(*columns).where(which).order_by(table.c.made_at)
        with self._database.connect() as connection:
            return [Broken(*row) for row in connection.execute(wanted)]

    def acknowledge(self, id: str, *, by: str, now: datetime) -> bool:
        """False when there is none that waits for it."""
        which = (table.c.id == id, table.c.seen_at.is_(None))
        with exclusive(self._database) as connection:
            done = sa.update(table).where(*which).values(seen_by=by, seen_at=now).returning(table.c.id)
            if connection.scalar(done) is None:
                return False
            append_sealed(connection, self._secret, ACCESS, "access.glass_seen", {"link": id[:12], "by": by}, now)
        return True


def _fresh(given: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.id == digest(given), table.c.used_at.is_(None), table.c.expires_at > now)
