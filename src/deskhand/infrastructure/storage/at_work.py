"""A run at work, and of whom it has read: it writes nothing more once one of these was forgotten."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from functools import cached_property
from uuid import uuid4

import sqlalchemy as sa

from deskhand.domain.errors import BeingErased, WordsErased
from deskhand.domain.privacy import Subject, mark
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.erasure import ORDER, erase
from deskhand.infrastructure.storage.fence import GONE
from deskhand.infrastructure.storage.forgettings import OUTSIDE, SqlForgettings
from deskhand.infrastructure.storage.tables.privacy import forgetting, forgotten
from deskhand.infrastructure.storage.tables.tickets import inbox

STOPPED = "CANCELLED"


class AtWork:
    """Keeps `storage.fence.Fence`. `runs`: the engine's own table; `message`: the one that this run is about, "" where
    it is about none.

    Whoever was forgotten before that message came, or before another run was begun, is another person by now.
    """

    def __init__(self, database: sa.Engine, secret: bytes, runs: sa.TableClause, key: str, ticket: str, message: str):
        self.database, self.secret, self.runs, self.key = database, secret, runs, key
        self.ticket, self.message = ticket, message
        self.marks: set[str] = set()
        self.learn([ticket])

    def learn(self, names: Iterable[str]) -> None:
        """From here on it works with words of these: a ticket, a record, an address, a number."""
        self.marks |= {mark(self.secret, one) for one in names if one.strip()}

    def ready(self) -> None:
        """Before anything is read. `BeingErased` while rows of theirs are on their way out: what is read then would be
        half a person; `WordsErased` when it is too late."""
        under_way = sa.select(forgetting.c.done).join(forgotten, forgotten.c.id == forgetting.c.id)
        with self.database.connect() as connection:
            if self.forgotten(connection):
                raise WordsErased(GONE)
            erasing = connection.scalars(under_way.where(forgotten.c.mark.in_(self.marks))).all()
        if any(ORDER[-1] not in done for done in erasing):
            raise BeingErased("whoever this is about is being forgotten; it is looked at when that has ended")

    def forgotten(self, connection: sa.Connection) -> bool:
        """See `Fence`: the run was stopped, or one of these was forgotten since what it is about came."""
        state = connection.scalar(sa.select(self.runs.c.status).where(self.runs.c.workflow_uuid == self.key))
        return state in (None, STOPPED) or self._erased_at(connection, self.marks) is not None

    def leave(self) -> None:
        """What it wrote before, on a ticket that nobody knew as theirs when they were forgotten, goes too. The next
        look at erasures under way takes what had to wait, and tells of it."""
        with exclusive(self.database) as connection:
            at, theirs = self._erased_at(connection, self.marks), Subject((self.ticket,), (), ())
            if at is None or self._erased_at(connection, {mark(self.secret, self.ticket)}):
                return
            id, kept = uuid4().hex[:12], SqlForgettings(connection, self.secret)
            kept.begin(id, at, theirs)
            for name in (*OUTSIDE, *ORDER):
                kept.note(id, name, {name: 0 if name in OUTSIDE else erase(connection, name, theirs, at)})

    def _erased_at(self, connection: sa.Connection, marks: Collection[str]) -> datetime | None:
        since = sa.and_(forgotten.c.mark.in_(marks), forgotten.c.at >= self._since)
        found: datetime | None = connection.scalar(sa.select(sa.func.max(forgotten.c.at)).where(since))
        return found

    @cached_property
    def _since(self) -> datetime:
        came = sa.select(inbox.c.received_at).where(inbox.c.ticket == self.ticket, inbox.c.message == self.message)
        began = sa.select(sa.column("created_at", sa.BigInteger)).select_from(self.runs)
        with self.database.connect() as connection:
            at: datetime | None = connection.scalar(came.limit(1)) if self.message else None
            milliseconds = connection.scalar(began.where(self.runs.c.workflow_uuid == self.key)) or 0
        return at or datetime.fromtimestamp(milliseconds / 1000, UTC)
