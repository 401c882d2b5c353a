"""Tickets as we remember them: the number of turns, and who has the ticket."""

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables import ticket as table

ASSISTANT = "assistant"
OWNER = sa.select(table.c.owner).where(table.c.ticket == sa.bindparam("name"))  # made once: asked at every step


class SqlTickets:
    """Its transaction runs alone (`database.exclusive`), so a plain read holds until the commit."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def next_turn(self, ticket: str, channel: str) -> int:
        row = insert(self.connection, table).values(ticket=ticket, channel=channel, turns=1, owner=ASSISTANT)
        counted = row.on_conflict_do_update(
            index_elements=["ticket"], set_={"turns": table.c.turns + 1, "channel": row.excluded.channel}
        )
        return int(self.connection.execute(counted.returning(table.c.turns)).scalar_one())

    def owner(self, ticket: str) -> str:
        return self.connection.scalar(OWNER, {"name": ticket}) or ASSISTANT

    def give_to(self, ticket: str, owner: str) -> None:
        row = insert(self.connection, table).values(ticket=ticket, channel="", turns=0, owner=owner)
        self.connection.execute(row.on_conflict_do_update(index_elements=["ticket"], set_={"owner": owner}))

    def describe(self, ticket: str, name: str, about: str, language: str) -> None:
        told = {"name": name, "about": about, "language": language}
        self.connection.execute(sa.update(table).where(table.c.ticket == ticket).values(told))

    def turns(self, ticket: str) -> int:
        return self.connection.scalar(sa.select(table.c.turns).where(table.c.ticket == ticket)) or 0

    def channel(self, ticket: str) -> str:
        return self.connection.scalar(sa.select(table.c.channel).where(table.c.ticket == ticket)) or ""
