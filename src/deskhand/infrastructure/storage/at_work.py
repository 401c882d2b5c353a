"""A run at work, and of whom it has read: it writes nothing more once one of these was forgotten."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any
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
        self.since: datetime | None = None
        self.learn([ticket])

    def learn(self, names: Iterable[str]) -> None:
        """From here on it works with words of these: a ticket, a record, an address, a number."""
        self.marks |= {mark(self.secret, one) for one in names if one.strip()}
        state = sa.select(self.runs.c.status).where(self.runs.c.workflow_uuid == self.key)
        # Made once and asked often: in each transaction of the run.
        self.asked = sa.select(state.scalar_subquery(), _newest(self.marks).scalar_subquery())
        under_way = sa.select(forgetting.c.done).join(forgotten, forgotten.c.id == forgetting.c.id)
        self.erasing = under_way.where(forgotten.c.mark.in_(sorted(self.marks)))

    def ready(self) -> None:
        """Before anything is read. `BeingErased` while rows of theirs are on their way out: what is read then would be
        half a person; `WordsErased` when it is too late."""
        with self.database.connect() as connection:
            if self.forgotten(connection):
                raise WordsErased(GONE)
            erasing = connection.scalars(self.erasing).all()
        if any(ORDER[-1] not in done for done in erasing):
            raise BeingErased("whoever this is about is being forgotten; it is looked at when that has ended")

    def forgotten(self, connection: sa.Connection) -> bool:
        """See `Fence`: the run was stopped, or one of these was forgotten since what it is about came."""
        state, at = connection.execute(self.asked).one()
        return state in (None, STOPPED) or (at is not None and at >= self._began(connection))

    def leave(self) -> None:
        """What it wrote before, on a ticket that nobody knew as theirs when they were forgotten, goes too. The next
        look at erasures under way takes what had to wait, and tells of it."""
        with exclusive(self.database) as connection:
            at, theirs = connection.scalar(_newest(self.marks)), Subject((self.ticket,), (), ())
            since = self._began(connection)
            known = connection.scalar(_newest({mark(self.secret, self.ticket)}))
            if at is None or at < since or (known is not None and known >= since):
                return
            id, kept = uuid4().hex[:12], SqlForgettings(connection, self.secret)
            kept.begin(id, at, theirs)
            for name in (*OUTSIDE, *ORDER):
                kept.note(id, name, {name: 0 if name in OUTSIDE else erase(connection, name, theirs, at)})

    def _began(self, connection: sa.Connection) -> datetime:
        if self.since is None:
            came = sa.select(inbox.c.received_at).where(inbox.c.ticket == self.ticket, inbox.c.message == self.message)
            at: datetime | None = connection.scalar(came.limit(1)) if self.message else None
            began = sa.select(sa.column("created_at", sa.BigInteger)).select_from(self.runs)
            milliseconds = connection.scalar(began.where(self.runs.c.workflow_uuid == self.key)) or 0
            self.since = at or datetime.fromtimestamp(milliseconds / 1000, UTC)
        return self.since


def _newest(marks: Collection[str]) -> sa.Select[Any]:
    """When one of these was last asked to be forgotten."""
    return sa.select(sa.func.max(forgotten.c.at)).where(forgotten.c.mark.in_(sorted(marks)))
