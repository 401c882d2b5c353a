"""Tickets of the past, one row each; and how far each source of them was read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.ticket import Ticket
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.tickets import feed_cursor, past_ticket


class SqlHistory:
    """See `ports.store.History`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def cursor(self, source: str) -> str:
        asked = sa.select(feed_cursor.c.cursor).where(feed_cursor.c.source == source)
        return str(self.connection.scalar(asked) or "")

    def move(self, source: str, cursor: str) -> None:
        new = insert(self.connection, feed_cursor).values(source=source, cursor=cursor)
        self.connection.execute(new.on_conflict_do_update(index_elements=["source"], set_={"cursor": cursor}))

    def known(self, ticket: str) -> str | None:
        asked = sa.select(past_ticket.c.version).where(past_ticket.c.ticket == ticket)
        found: str | None = self.connection.scalar(asked)
        return found

    def keep(self, ticket: Ticket, source: str, at: datetime) -> None:
        row = {"version": ticket.version, "source": source, "kept_at": at, "body": ticket}
        new = insert(self.connection, past_ticket).values(ticket=str(ticket.ref), **row)
        self.connection.execute(new.on_conflict_do_update(index_elements=["ticket"], set_=row))

    def count(self, source: str) -> int:
        asked = sa.select(sa.func.count()).select_from(past_ticket).where(past_ticket.c.source == source)
        return int(self.connection.scalar(asked) or 0)

    def every(self, after: str = "", limit: int = 100) -> Sequence[Ticket]:
        asked = sa.select(past_ticket.c.body).where(past_ticket.c.ticket > after)
        return list(self.connection.scalars(asked.order_by(past_ticket.c.ticket).limit(limit)))

    def stamp(self) -> str:
        """Another one whenever something was kept or forgotten."""
        asked = sa.select(sa.func.count(), sa.func.max(past_ticket.c.kept_at)).select_from(past_ticket)
        n, newest = self.connection.execute(asked).one()
        return f"{n} {newest or ''}"

    def all(self) -> Iterator[Ticket]:
        """In pages, so that they are never all in memory."""
        after = ""
        while page := self.every(after):
            yield from page
            after = str(page[-1].ref)

    def forget(self, tickets: Collection[str]) -> int:
        return self.connection.execute(sa.delete(past_ticket).where(past_ticket.c.ticket.in_(tickets))).rowcount
