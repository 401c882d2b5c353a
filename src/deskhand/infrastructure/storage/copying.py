"""Rows of one database in another, whatever kind each is, and the proof that they are the same."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from deskhand.domain.errors import DeskhandError

AT_ONCE = 1000
MODULUS = 1 << 256
KEPT = (sa.Boolean, sa.LargeBinary, sa.Integer, sa.Float)  # kinds of columns that differ from database to database

Progress = Callable[[str, int], None]  # the table, and how many of its rows are there


class NotCopied(DeskhandError):
    """A row does not fit the other database; nothing was kept there. The text says which, and what to do."""


@dataclass(frozen=True)
class Rows:
    """How many, and a sum over the hashes of all, whatever their order."""

    count: int = 0
    sum: int = 0

    def and_(self, rows: Iterable[sa.Row[Any]]) -> "Rows":
        count, total = self.count, self.sum
        for row in rows:
            text = json.dumps([_plain(one) for one in row], sort_keys=True)
            count, total = count + 1, total + int.from_bytes(hashlib.sha256(text.encode()).digest())
        return Rows(count, total % MODULUS)


def copy(old: sa.Connection, new: sa.Connection, source: sa.Table, target: sa.Table, tell: Progress) -> Rows:
    """Every row, as it is kept: nothing is read into values and written anew. What was copied."""
    names = [one.name for one in source.columns]
    read, written = raw(source, target), raw(target, target, names)
    copied = Rows()
    for part in _parts(old, read):
        rows = [dict(zip(names, row, strict=True)) for row in part]
        _fit(target.name, rows)
        new.execute(sa.insert(written), rows)
        copied = copied.and_(part)
        tell(target.name, copied.count)
    return copied


def counted(connection: sa.Connection, table: sa.Table, like: sa.Table) -> Rows:
    """What is in a table, in the columns of the one that it is to be like."""
    found = Rows()
    for part in _parts(connection, raw(table, table, [one.name for one in like.columns])):
        found = found.and_(part)
    return found


def raw(table: sa.Table, kinds: sa.Table, names: Iterable[str] = ()) -> sa.TableClause:
    """The table with columns that are only as different as the other database makes them (`kinds`)."""
    columns = [sa.column(name, _kind(kinds.c[name].type)) for name in names or [one.name for one in table.columns]]
    return sa.table(table.name, *columns, schema=table.schema)


def go_on_counting(old: sa.Connection, new: sa.Connection, table: sa.Table) -> None:
    """Numbers that were given are not given again, also where their rows are gone."""
    for column in table.primary_key.columns:
        asked = sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
        if isinstance(column.type, sa.Integer) and (sequence := new.scalar(asked)):
            last = new.scalar(sa.select(sa.func.max(column))) or 0
            if sa.inspect(old).has_table("sqlite_sequence"):
                given = sa.text("select seq from sqlite_sequence where name = :name")
                last = max(last, old.scalar(given, {"name": table.name}) or 0)
            new.execute(sa.select(sa.func.setval(sequence, max(last, 1), last > 0)))


def _parts(connection: sa.Connection, table: sa.TableClause) -> Iterable[list[sa.Row[Any]]]:
    rows = connection.execution_options(yield_per=AT_ONCE).execute(sa.select(*table.columns))
    return (list(part) for part in rows.partitions(AT_ONCE))


def _kind(of: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    if isinstance(of, sa.JSON):
        return sa.JSON(none_as_null=True)
    return of if isinstance(of, KEPT) else sa.Text()


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value


def _fit(table: str, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and "\0" in value:
                what = f"a text in {table}.{name} holds a zero byte, which PostgreSQL cannot keep"
                raise NotCopied(f"{what}: erase or mend that row, then move again. Nothing was moved.")
