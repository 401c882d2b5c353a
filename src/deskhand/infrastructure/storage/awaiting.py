"""Handoffs that wait for an agent, and how each of them ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.waiting import Waiting
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.tickets import handoff as table

COLUMNS = [table.c[name] for name in ("ticket", "message", "queue", "person", "at", "due", "promised")]
OPEN = table.c.ended_at.is_(None)


class SqlAwaiting:
    """See `ports.store.Awaiting`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def add(self, waiting: Waiting) -> bool:
        others = (OPEN, table.c.ticket == waiting.ticket, table.c.message != waiting.message)
        self.connection.execute(sa.update(table).where(*others).values(ended_at=waiting.at, ended_by="newer"))
        return add_once(self.connection, table, vars(waiting), unless=["ticket", "message"])

    def reopen(self, ticket: str, message: str, queue: str, person: str) -> Waiting | None:
        given_back = (table.c.ticket == ticket, table.c.message == message, table.c.ended_by == "given back")
        anew = {"queue": queue, "person": person, "ended_at": None, "ended_by": None}
        row = self.connection.execute(
            sa.update(table).where(*given_back).values(anew).returning(*COLUMNS)
        ).one_or_none()
        return None if row is None else Waiting(*row)

    def open(self, ticket: str) -> Waiting | None:
        row = self.connection.execute(sa.select(*COLUMNS).where(OPEN, table.c.ticket == ticket)).one_or_none()
        return None if row is None else Waiting(*row)

    def waiting(self) -> Sequence[Waiting]:
        return waiting(self.connection)

    def load(self) -> Mapping[str, int]:
        counted = sa.select(table.c.person, sa.func.count()).where(OPEN, table.c.person != "").group_by(table.c.person)
        return {row[0]: row[1] for row in self.connection.execute(counted)}

    def give_to(self, ticket: str, person: str) -> None:
        self.connection.execute(sa.update(table).where(OPEN, table.c.ticket == ticket).values(person=person))

    def warned(self, ticket: str, message: str, at: datetime) -> bool:
        return self._mark(ticket, message, table.c.warned_at, at)

    def breached(self, ticket: str, message: str, at: datetime) -> bool:
        return self._mark(ticket, message, table.c.breached_at, at)

    def end(self, ticket: str, by: str, at: datetime) -> bool:
        ended = sa.update(table).where(OPEN, table.c.ticket == ticket).values(ended_at=at, ended_by=by)
        return self.connection.execute(ended).rowcount == 1

    def _mark(self, ticket: str, message: str, column: sa.Column[datetime], at: datetime) -> bool:
        these = (OPEN, table.c.ticket == ticket, table.c.message == message, column.is_(None))
        return self.connection.execute(sa.update(table).where(*these).values({column: at})).rowcount == 1


def waiting(connection: sa.Connection) -> list[Waiting]:
    """Every one that is open, oldest first."""
    wanted = sa.select(*COLUMNS).where(OPEN).order_by(table.c.at, table.c.ticket)
    return [Waiting(*row) for row in connection.execute(wanted)]
