"""Questions to customers: a yes confirms exactly what was shown."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.confirmation import Confirmation
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.effects import confirmation as table

TOLD = [table.c[field.name] for field in fields(Confirmation)]
YES = sa.select(  # made once: asked at every judgement of an action
    sa.exists().where(
        table.c.key == sa.bindparam("wanted"),
        table.c.digest == sa.bindparam("shown"),
        table.c.confirmed_at.is_not(None),
        table.c.expires_at > sa.bindparam("by_now"),
    )
)


class SqlConfirmations:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def ask(self, confirmation: Confirmation) -> None:
        row = {column.name: getattr(confirmation, column.name) for column in TOLD}
        question = insert(self.connection, table).values(row)
        self.connection.execute(
            question.on_conflict_do_update(index_elements=["key"], set_=row | {"confirmed_at": None})
        )

    def open(self, ticket: str, now: datetime) -> Sequence[Confirmation]:
        """Oldest first; neither answered nor expired."""
        waiting = sa.select(*TOLD).where(
            table.c.ticket == ticket, table.c.confirmed_at.is_(None), table.c.expires_at > now
        )
        rows = self.connection.execute(waiting.order_by(table.c.asked_at, table.c.key))
        return [Confirmation(**row._mapping) for row in rows]

    def confirm(self, key: str, digest: str, at: datetime) -> None:
        """Nothing is confirmed when the question is another one by now, or was withdrawn."""
        asked = sa.update(table).where(table.c.key == key, table.c.digest == digest)
        self.connection.execute(asked.values(confirmed_at=at))

    def withdraw(self, ticket: str) -> None:
        """Forget the questions of this ticket that were not answered; a yes that was given stands."""
        self.connection.execute(sa.delete(table).where(table.c.ticket == ticket, table.c.confirmed_at.is_(None)))

    def confirmed(self, key: str, digest: str, now: datetime) -> bool:
        return bool(self.connection.scalar(YES, {"wanted": key, "shown": digest, "by_now": now}))
