"""A desk's database from SQLite to PostgreSQL: all of it, proved row by row, or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.domain.errors import DeskFault, DeskhandError, Fault
from deskhand.infrastructure.engine import rows as engine_rows
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.library.words import TABLE as WORDS
from deskhand.infrastructure.library.words import index_anew
from deskhand.infrastructure.storage import journal, tables
from deskhand.infrastructure.storage.copying import NotCopied, Progress, Rows, copy, counted, go_on_counting
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import VERSION, migrate, standing
from deskhand.settings import MOVED, Settings

NOTHING = "Nothing was moved"
LOCK = "desk.sqlite.lock"
BEGUN_WITH = (VERSION, "library", "dbos_migrations")  # what a database without a desk holds after its migrations


class NotMoved(DeskhandError):
    """The desk stays where it is; the text says why, and what to do."""


@dataclass(frozen=True)
class Moved:
    """`tables`: how many rows each has. `lines` of the journal, whose chain is the same there."""

    tables: Mapping[str, int]
    lines: int


def move(settings: Settings, to: str, *, by: str, now: datetime, tell: Progress) -> Moved:
    """The whole database, with every run that waits or was cut short, to an empty PostgreSQL database. Nobody may work
    the desk meanwhile, and from then on it opens on that one alone."""
    if not settings.database_url.startswith("sqlite") or not has_journal(settings):
        raise _fault(settings, f"this desk has no SQLite database with anything in it. {NOTHING}")
    if not to.startswith("postgresql://"):
        raise _fault(settings, f'the new database is named as "postgresql://user@host/name". {NOTHING}')
    with _alone(settings), _both(settings, to) as (old, new):
        if standing(old) != "right":
            raise _fault(settings, f"the tables are those of another version: run `deskhand migrate` first. {NOTHING}")
        _begin(new, to)
        moved = copy_all(old, new, tell)
        with open_store(replace(settings, database_url=to)) as store, store.begin() as tx:
            tx.journal.append("desk.moved", "", {"rows": sum(moved.tables.values()), "by": by}, now)
        where = sa.make_url(to)
        told = f"to the PostgreSQL database {where.database} at {where.host or 'this machine'}"
        (settings.state / MOVED).write_text(f"{told}, on {now:%Y-%m-%d}\n", "utf-8")
    return moved


def copy_all(old: sa.Engine, new: sa.Engine, tell: Progress) -> Moved:
    """In one transaction of each: what is read is of one moment, and what is written is kept whole or not at all."""
    try:
        with old.begin() as source, new.begin() as target:
            source.exec_driver_sql("BEGIN IMMEDIATE")  # nobody writes to it meanwhile
            target.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            target.execute(sa.delete(tables.knowledge.library))
            pairs = [(one, one) for one in tables.metadata.sorted_tables]
            pairs += engine_rows.pairs(source, target, {*tables.metadata.tables, VERSION, *_words(source)})
            copied = {there: copy(source, target, here, there, tell) for here, there in pairs}
            index_anew(target)
            for table in tables.metadata.sorted_tables:
                go_on_counting(source, target, table)
            _prove(target, pairs, copied)
            return Moved({there.fullname: rows.count for there, rows in copied.items()}, _same_chain(source, target))
    except sa.exc.DataError as error:
        raise NotCopied(f"PostgreSQL cannot keep a row ({type(error.orig).__name__}). {NOTHING}.") from error


def _prove(target: sa.Connection, pairs: list[tuple[sa.Table, sa.Table]], copied: Mapping[sa.Table, Rows]) -> None:
    for here, there in pairs:
        if (found := counted(target, there, here)) != copied[there]:
            what = f"{there.fullname} has {found.count} rows there and {copied[there].count} here, or others"
            raise NotCopied(f"{what}: this is a fault of Deskhand. {NOTHING}.")


def _same_chain(source: sa.Connection, target: sa.Connection) -> int:
    """A journal that is broken here is moved as it is, and is broken there at the same line."""
    here, there = journal.verify(source), journal.verify(target)
    if here != there:
        raise NotCopied(f"the journal is {there} there and {here} here: this is a fault of Deskhand. {NOTHING}.")
    return journal.newest_number(target)


def _begin(new: sa.Engine, to: str) -> None:
    """With every table, and with no row but those of migrations."""
    try:
        with new.connect() as connection:
            held = sorted(_held(connection))
    except OperationalError as error:
        raise NotMoved(f"The new database does not answer ({type(error.orig).__name__}). {NOTHING}.") from error
    if held:
        some = ", ".join(held[:3])
        raise NotMoved(f"The new database is not empty ({some} ...): name an empty one, then move again. {NOTHING}.")
    Engine(new, to).migrate()
    migrate(new)


def _held(connection: sa.Connection) -> Iterator[str]:
    """The tables there that hold something, whoever's they are."""
    inspector = sa.inspect(connection)
    for schema in (None, *(one for one in inspector.get_schema_names() if one == "dbos")):
        for name in inspector.get_table_names(schema):
            ours = name not in BEGUN_WITH
            if ours and connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name, schema=schema))).first():
                yield name


def _words(connection: sa.Connection) -> set[str]:
    """The index of words is made anew: each kind of database has its own."""
    return {one for one in sa.inspect(connection).get_table_names() if one.startswith(WORDS)}


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    try:
        with hold(settings.state / LOCK):
            yield
    except AnotherWorker as error:
        what = "This desk is at work: stop `deskhand serve` and `deskhand work`, then move"
        raise NotMoved(f"{what}. {NOTHING}.") from error


@contextmanager
def _both(settings: Settings, to: str) -> Iterator[tuple[sa.Engine, sa.Engine]]:
    old, new = connect(settings.database_url), connect(to)
    try:
        yield old, new
    finally:
        old.dispose()
        new.dispose()


def _fault(settings: Settings, what: str) -> DeskFault:
    return DeskFault((Fault(str(settings.folder), 1, what),))
