"""What agents whispered to the assistant."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.guidance import Guidance
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.tickets import guidance as table

TOLD = [table.c[field.name] for field in fields(Guidance)]


class SqlGuidance:
    """See `ports.store.Whispers`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def add(self, one: Guidance) -> bool:
        row = {column.name: getattr(one, column.name) for column in TOLD}
        return add_once(self.connection, table, row, unless=["id"])

    def standing(self, ticket: str) -> Sequence[Guidance]:
        asked = sa.select(*TOLD).where(table.c.ticket == ticket, table.c.withdrawn_at.is_(None))
        return [Guidance(**row._mapping) for row in self.connection.execute(asked.order_by(table.c.number))]

    def take_up(self, id: str, message: str) -> None:
        free = sa.update(table).where(table.c.id == id, table.c.message == "")
        self.connection.execute(free.values(message=message))

    def withdraw(self, ticket: str, id: str, by: str, at: datetime) -> bool:
        stands = sa.update(table).where(table.c.id == id, table.c.ticket == ticket, table.c.withdrawn_at.is_(None))
        return self.connection.execute(stands.values(withdrawn_by=by, withdrawn_at=at)).rowcount == 1
