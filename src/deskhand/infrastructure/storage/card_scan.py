"""Card numbers in what was stored before, or past us: found in every table, and masked where that may be."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from deskhand.domain.card_number import Own, card_numbers, json_without_cards

SEALED = frozenset({"journal"})  # a line that changes breaks the chain, and so proves nothing any more
INNER = ("_data", "_idx", "_content", "_docsize", "_config")  # what a table of words is made of, on SQLite


@dataclass(frozen=True)
class Place:
    """`rows` of this column hold a card number; `masked` of them hold it no more."""

    table: str
    column: str
    rows: int
    masked: int


def scan_cards(engine: sa.Engine, own: Own, *, mend: bool) -> Iterator[Place]:
    """Every column with words in it. A key is never changed: what it names would be lost."""
    names = sa.inspect(engine).get_table_names()
    for name in sorted(names):
        if any(name.endswith(end) and name.removesuffix(end) in names for end in INNER):
            continue
        table = sa.Table(name, sa.MetaData(), autoload_with=engine, resolve_fks=False)
        keys = {one.name for one in table.primary_key.columns} | _unique(engine, name)
        for column in table.columns:
            place = _column(engine, table, column, own, mend and name not in SEALED and column.name not in keys)
            if place.rows:
                yield place


def _unique(engine: sa.Engine, table: str) -> set[str]:
    inspector = sa.inspect(engine)
    keys = [one["column_names"] for one in inspector.get_unique_constraints(table)]
    keys += [one["constrained_columns"] for one in inspector.get_foreign_keys(table)]
    return {str(name) for each in keys for name in each if name}


def _column(engine: sa.Engine, table: sa.Table, column: sa.Column[object], own: Own, mend: bool) -> Place:
    """Read as the database has it, whatever type the column says it is of."""
    found: set[str] = set()
    rows = masked = 0
    raw = sa.type_coerce(column, sa.types.NullType())
    with engine.connect() as connection:
        for (value,) in connection.execution_options(yield_per=500).execute(sa.select(raw)):
            if isinstance(value, str) and next(card_numbers(value, own), None):
                rows += json_without_cards(value, own) != value
                found.add(value)
    if mend and found:
        with engine.begin() as connection:
            for value in found:
                clean = {column.name: sa.literal(json_without_cards(value, own), sa.types.Text())}
                changed = sa.update(table).where(sa.type_coerce(column, sa.types.Text()) == value).values(clean)
                masked += connection.execute(changed).rowcount
    return Place(table.name, column.name, rows, min(masked, rows))
