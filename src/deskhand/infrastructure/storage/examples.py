"""What agents made of suggestions: words that can be erased, numbered by the journal line that tells of them."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from deskhand.domain.example import Example
from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.tables.knowledge import example as table

MARK = sa.select(sa.func.count(), sa.func.coalesce(sa.func.max(table.c.number), 0)).select_from(table)
NEWER = (
    sa.select(table.c.number, table.c.example).where(table.c.number > sa.bindparam("after")).order_by(table.c.number)
)


class SqlExamples:
    """`keeps` is false on a desk that does without: it keeps nothing new, and what it has can still be erased."""

    def __init__(self, connection: sa.Connection, lines: SqlJournal, keeps: bool):
        self.connection, self.lines, self.keeps = connection, lines, keeps

    def keep(self, example: Example, ticket: str) -> bool:
        if not self.keeps or self.get(example.id) is not None:
            return False
        told: dict[str, object] = {"example": example.id, "judged": str(example.judged)}
        told["procedures"] = list(example.procedures)
        if example.about:
            told["about"] = example.about
        # The number of a journal line is never given again, as that of an erased row would be on SQLite.
        number = self.lines.append("example.kept", ticket, told, example.at)
        row = {"number": number, "id": example.id, "customer": example.customer, "example": example}
        self.connection.execute(sa.insert(table), row)
        return True

    def all(self, customer: str = "") -> Sequence[Example]:
        wanted = sa.select(table.c.example).order_by(table.c.number)
        return self.connection.scalars(wanted.where(table.c.customer == customer) if customer else wanted).all()

    def get(self, id: str) -> Example | None:
        found: Example | None = self.connection.scalar(sa.select(table.c.example).where(table.c.id == id))
        return found

    def erase(self, customer: str) -> int:
        return self._erase(table.c.customer == customer)

    def erase_one(self, id: str) -> bool:
        return self._erase(table.c.id == id) == 1

    def _erase(self, which: sa.ColumnElement[bool]) -> int:
        return self.connection.execute(sa.delete(table).where(which)).rowcount


class KeptExamples:
    """What is kept, read beside all transactions: nobody waits for it."""

    def __init__(self, database: sa.Engine):
        self.database = database

    def mark(self) -> tuple[int, int]:
        """Another one whenever anything was kept or erased: how many there are, and the highest number."""
        with self.database.connect() as connection:
            count, highest = connection.execute(MARK).one()
            return int(count), int(highest)

    def after(self, number: int) -> Mapping[int, Example]:
        """Those with a higher number, in order: numbers only go up, since transactions commit one after the other."""
        with self.database.connect() as connection:
            return {row.number: row.example for row in connection.execute(NEWER, {"after": number})}

    def those(self, numbers: Collection[int]) -> Mapping[int, Example]:
        """Those of these that are still there."""
        with self.database.connect() as connection:
            rows = connection.execute(sa.select(table.c.number, table.c.example).where(table.c.number.in_(numbers)))
            return {row.number: row.example for row in rows}
