"""What is paused, and when a breaker was last reset."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.pause import BREAKER, Pause
from deskhand.infrastructure.storage.database import insert
from deskhand.infrastructure.storage.tables.effects import pause as table

STANDING = sa.select(table.c.scope, table.c.by, table.c.why, table.c.at).where(table.c.lifted_at.is_(None))
RESET = sa.select(sa.func.max(table.c.lifted_at)).where(table.c.by == BREAKER)


class SqlPauses:
    """A row for each scope: its newest pause, with the time when it was lifted."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def put(self, pause: Pause) -> bool:
        if any(one.scope == pause.scope for one in self.standing()):
            return False
        row = {"scope": pause.scope, "by": pause.by, "why": pause.why, "at": pause.at, "lifted_at": None}
        new = insert(self.connection, table).values(row)
        self.connection.execute(new.on_conflict_do_update(index_elements=["scope"], set_=row))
        return True

    def lift(self, scope: str, at: datetime) -> bool:
        lifted = sa.update(table).where(table.c.scope == scope, table.c.lifted_at.is_(None)).values(lifted_at=at)
        return self.connection.execute(lifted).rowcount == 1

    def standing(self) -> Sequence[Pause]:
        return [Pause(*row) for row in self.connection.execute(STANDING.order_by(table.c.at, table.c.scope))]

    def on(self, scopes: Collection[str]) -> Pause | None:
        return next((one for one in self.standing() if one.scope in scopes), None)

    def reset_at(self) -> datetime | None:
        found: datetime | None = self.connection.scalar(RESET)
        return found
