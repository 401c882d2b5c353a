"""Bring the database to what this version expects, or back."""

import re
from functools import cache
from importlib import resources
from typing import Any

import sqlalchemy as sa

from deskhand.domain.errors import DeskhandError

LOCK = 7304  # the advisory lock on PostgreSQL: several processes may start at once
VERSION = "alembic_version"
FIRST = "journal"  # a table that every revision has
REVISION = re.compile(r'^(down_)?revision = "(\w+)"', re.MULTILINE)
UNTOUCHED = "No table of the desk was changed."
Statement = tuple[str, Any]

# By dialect, what the migrations did to a new database: another one of this process needs no migrations to be found,
# loaded and told, which takes ten times as long.
_told: dict[str, tuple[Statement, ...]] = {}


class OtherSchema(DeskhandError):
    """The tables are those of another version of Deskhand, and none was changed. Its text says what to do."""


def set_up(engine: sa.Engine) -> None:
    """Every table for a new database. One with tables of another version is refused, with what to do."""
    match standing(engine):
        case "new":
            migrate(engine)
        case "older":
            what = "The tables of this desk's database are older than this version of Deskhand"
            raise OtherSchema(f"{what}: back it up, then run `deskhand migrate`. {UNTOUCHED}")
        case "newer":
            what = "The tables of this desk's database are newer than this version of Deskhand"
            raise OtherSchema(f"{what}: start the newer version (see docs/upgrade.md for a way back). {UNTOUCHED}")


def migrate(engine: sa.Engine, to: str = "head") -> None:
    """Upgrade to `to`; harmless when the database is there already."""
    if to != "head" or standing(engine) != "right":
        _run(engine, "upgrade", to)


def roll_back(engine: sa.Engine, to: str = "base") -> None:
    """Undo migrations down to `to`, with the data they hold."""
    _run(engine, "downgrade", to)


def knows(revision: str) -> bool:
    """Whether a database at this revision is one that this version can bring up to date."""
    names = (one.name for one in resources.files(f"{__name__}.versions").iterdir())
    return any(name.startswith(f"m{revision}_") for name in names)


@cache
def newest() -> str:
    """The revision that no other one follows."""
    files = (one for one in resources.files(__name__).joinpath("versions").iterdir() if one.name.endswith(".py"))
    found = [mark for file in files for mark in REVISION.findall(file.read_text("utf-8"))]
    (head,) = {name for down, name in found if not down} - {name for down, name in found if down}
    return str(head)


def standing(engine: sa.Engine) -> str:
    """How the database's tables are against those of this version: "right", "older", "newer", or "new" without any."""
    found = revision(engine)
    if found == newest():
        return "right"
    if not found and not sa.inspect(engine).has_table(FIRST):
        return "new"
    return "older" if not found or knows(found) else "newer"


def revision(engine: sa.Engine) -> str:
    """What the database says it is at; "" where it says nothing."""
    with engine.connect() as connection:
        there = sa.inspect(connection).has_table(VERSION)
        # VERSION is a name of ours.
        found = connection.scalar(sa.text(f"select version_num from {VERSION}")) if there else ""  # nosec B608
        return str(found or "")


def would_go(engine: sa.Engine, to: str) -> list[str]:
    """What undoing migrations down to `to` takes with it: tables with their rows, and columns. Nothing is undone."""
    with engine.connect() as connection, connection.begin() as transaction:
        _lock(connection)
        before = _columns(connection)
        counts = {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) for name in before}
        _alembic(connection, "downgrade", to)
        after = _columns(connection)
        transaction.rollback()
    tables = [f"table {name} ({counts[name]} rows)" for name in sorted(before.keys() - after.keys())]
    columns = [
        f"column {name}.{one}" for name in sorted(after) for one in sorted(before.get(name, after[name]) - after[name])
    ]
    return tables + columns


def _columns(connection: sa.Connection) -> dict[str, set[str]]:
    inspector = sa.inspect(connection)
    return {name: {one["name"] for one in inspector.get_columns(name)} for name in inspector.get_table_names()}


def _lock(connection: sa.Connection) -> None:
    dialect = connection.dialect.name
    connection.exec_driver_sql("BEGIN IMMEDIATE" if dialect == "sqlite" else f"SELECT pg_advisory_xact_lock({LOCK})")


def _run(engine: sa.Engine, direction: str, to: str) -> None:
    with engine.begin() as connection:
        dialect = connection.dialect.name
        _lock(connection)
        if to != "head" or sa.inspect(connection).has_table(VERSION):
            _alembic(connection, direction, to)
        elif dialect in _told:
            for statement, values in _told[dialect]:
                connection.exec_driver_sql(statement, values)
        else:
            _told[dialect] = _listened(connection, direction, to)


def _listened(connection: sa.Connection, direction: str, to: str) -> tuple[Statement, ...]:
    """Do it; every statement that changed something."""
    heard: list[Statement] = []

    def hear(_c: object, _cursor: object, statement: str, values: object, _context: object, _many: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            heard.append((statement, values))

    sa.event.listen(connection, "before_cursor_execute", hear)
    _alembic(connection, direction, to)
    sa.event.remove(connection, "before_cursor_execute", hear)
    return tuple(heard)


def _alembic(connection: sa.Connection, direction: str, to: str) -> None:
    # It takes a tenth of a second to import, which whoever is there already need not pay.
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files(__name__)) as folder:
        config: Any = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        getattr(command, direction)(config, to)
