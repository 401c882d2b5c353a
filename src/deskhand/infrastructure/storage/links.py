"""What agents said of records that may or may not be one person. Nothing is deleted: what is taken back says so."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.link import Bond, Link
from deskhand.domain.ref import Ref
from deskhand.infrastructure.storage.tables.customers import customer_link as table


class SqlLinks:
    """See `ports.store.Links`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def add(self, bond: Bond, keep: Ref, other: Ref, *, by: str, why: str, at: datetime) -> int:
        row = {"bond": bond, "keep": str(keep), "other": str(other), "by": by, "why": why, "at": at}
        added = self.connection.execute(sa.insert(table).values(**row, undone_by=""))
        (number,) = added.inserted_primary_key or (0,)
        return int(number)

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        standing = sa.update(table).where(table.c.number == number, table.c.undone_at.is_(None))
        return self.connection.execute(standing.values(undone_by=by, undone_at=at)).rowcount == 1

    def among(self, refs: Collection[Ref]) -> Sequence[Link]:
        named = [str(one) for one in refs]
        asked = sa.select(table).where(table.c.undone_at.is_(None), table.c.keep.in_(named), table.c.other.in_(named))
        return self._links(asked)

    def every(self) -> Sequence[Link]:
        return self._links(sa.select(table))

    def _links(self, asked: sa.Select[Any]) -> Sequence[Link]:
        rows = self.connection.execute(asked.order_by(table.c.number)).all()
        return [
            Link(number, Bond(bond), Ref.parse(keep), Ref.parse(other), by, why, at, undone_by, undone_at)
            for number, bond, keep, other, by, why, at, undone_by, undone_at in rows
        ]
