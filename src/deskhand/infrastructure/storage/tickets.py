"""Tickets as we remember them: the number of turns, and who has the ticket."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.tickets import handoff as awaiting
from deskhand.infrastructure.storage.tables.tickets import ticket as table

ASSISTANT = "assistant"
OWNER = sa.select(table.c.owner).where(table.c.ticket == sa.bindparam("name"))  # made once: asked at every step


class SqlTickets:
    """Its transaction runs alone (`database.exclusive`), so a plain read holds until the commit."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def next_turn(self, ticket: str, channel: str) -> int:
        row = insert(self.connection, table).values(ticket=ticket, channel=channel, turns=1, owner=ASSISTANT)
        counted = row.on_conflict_do_update(
            index_elements=["ticket"],
            set_={
                "turns": table.c.turns + 1,
                "channel": row.excluded.channel,
                "closed_at": sa.null(),
                "look_at": sa.null(),
            },
        )
        return int(self.connection.execute(counted.returning(table.c.turns)).scalar_one())

    def owner(self, ticket: str) -> str:
        return self.connection.scalar(OWNER, {"name": ticket}) or ASSISTANT

    def give_to(self, ticket: str, owner: str) -> None:
        row = insert(self.connection, table).values(ticket=ticket, channel="", turns=0, owner=owner)
        self.connection.execute(row.on_conflict_do_update(index_elements=["ticket"], set_={"owner": owner}))

    def of(self, owner: str) -> Sequence[str]:
        routed = sa.select(awaiting.c.ticket).where(awaiting.c.person == owner, awaiting.c.ended_at.is_(None))
        theirs = sa.or_(table.c.owner == owner, table.c.ticket.in_(routed))
        wanted = sa.select(table.c.ticket).where(table.c.closed_at.is_(None), theirs)
        return list(self.connection.scalars(wanted.order_by(table.c.ticket)))

    def describe(self, ticket: str, name: str, about: str, language: str) -> None:
        told = {"name": name, "about": about, "language": language}
        self.connection.execute(sa.update(table).where(table.c.ticket == ticket).values(told))

    def quiet(self, now: datetime, before: datetime, limit: int) -> Sequence[str]:
        wanted = sa.select(table.c.ticket).where(
            table.c.closed_at.is_(None),
            table.c.changed_at <= before,
            table.c.turns > 0,
            sa.or_(table.c.look_at.is_(None), table.c.look_at <= now),
        )
        return list(self.connection.scalars(wanted.order_by(table.c.changed_at, table.c.ticket).limit(limit)))

    def look_again(self, ticket: str, at: datetime) -> None:
        self.connection.execute(sa.update(table).where(table.c.ticket == ticket).values(look_at=at))

    def close(self, ticket: str, at: datetime) -> None:
        self.connection.execute(sa.update(table).where(table.c.ticket == ticket).values(closed_at=at))

    def turns(self, ticket: str) -> int:
        return self.connection.scalar(sa.select(table.c.turns).where(table.c.ticket == ticket)) or 0

    def channel(self, ticket: str) -> str:
        return self.connection.scalar(sa.select(table.c.channel).where(table.c.ticket == ticket)) or ""
