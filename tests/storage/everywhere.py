"""Every desk of a test run on PostgreSQL instead of SQLite: `pytest --database postgresql`.

A desk's database is named after the folder of its state and made at the first connection to it: empty, as a copy of the
database of the desk that its folder was copied from, or of what the folder holds in SQLite. Nothing else is replaced.
"""

import hashlib
import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from tests.storage import postgres

from deskhand.bootstrap.storage.moving import copy_all
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.settings import reading

SERVER = "TESTS_POSTGRES"  # the server's address, for every process of the run; "" in one that is to stay on SQLite
MARK = "desk.sqlite-elsewhere"  # in the state of a desk: the name of its database
MODEL = "desk_model"
LOCK = 7399
ON_SQLITE = reading.own_database

_folders: dict[str, Path] = {}


@contextmanager
def started() -> Iterator[None]:
    """A server for this run; to be begun before any process of it."""
    with postgres.server() as url:
        os.environ[SERVER] = url  # noqa: TID251  (for the processes of this run)
        yield
        del os.environ[SERVER]  # noqa: TID251


def server() -> str:
    return os.environ.get(SERVER, "")  # noqa: TID251


def switch() -> None:
    """This process's desks are there from now on."""
    if reading.own_database is not address:
        reading.own_database = address
        sa.event.listen(sa.Engine, "do_connect", _made)


def address(state: Path) -> str:
    """Where the desk with this state has its database."""
    if not server():
        return ON_SQLITE(state)
    name = f"desk_{hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:16]}"
    _folders[name] = state.resolve()
    return f"{server()}/{name}"


@contextmanager
def on_sqlite() -> Iterator[None]:
    """For what is prepared in a file, whichever database the run is on."""
    there = os.environ.pop(SERVER, "")  # noqa: TID251
    try:
        yield
    finally:
        if there:
            os.environ[SERVER] = there  # noqa: TID251


def settled(state: Path) -> None:
    """What was prepared there is taken over now, so that copies of the folder need not do so each."""
    if server():
        database = connect(address(state))
        database.connect().close()
        database.dispose()


def dropped(below: Path) -> None:
    """Of folders that no test looks at any more."""
    names = {mark.read_text("ascii") for mark in below.rglob(MARK)}
    if names:
        with _alone() as connection:
            for name in names:
                connection.execute(f'drop database if exists "{name}" with (force)'.encode())


def needs_sqlite(item: pytest.Item) -> None:
    """Skips what is about SQLite alone."""
    mark = item.get_closest_marker("sqlite")
    if mark and server():
        pytest.skip(f"SQLite alone: {mark.args[0]}")


def _made(_dialect: sa.Dialect, _record: object, _args: object, wanted: MutableMapping[str, Any]) -> None:
    name = str(wanted.get("dbname") or "")
    if name in _folders:
        _make(name, _folders[name])


def _make(name: str, state: Path) -> None:
    mark = state / MARK
    former = mark.read_text("ascii") if mark.exists() else ""
    if former == name:
        return
    with _alone() as connection:
        there = name in _names(connection)
        if there and state.is_dir():  # the folder was deleted, or another one was put in its place
            connection.execute(f'drop database "{name}" with (force)'.encode())
        if there and not state.is_dir():
            return
        template = former if former in _names(connection) else _model(connection)
        connection.execute(f'create database "{name}" template "{template}" strategy file_copy'.encode())
    if state.is_dir():
        mark.write_text(name, "ascii")
        if not former and (state / "desk.sqlite").exists():
            _take_over(state, f"{server()}/{name}")


def _take_over(state: Path, url: str) -> None:
    """What was prepared on SQLite."""
    old, new = connect(ON_SQLITE(state)), connect(url)
    migrate(old)
    copy_all(old, new, lambda *_: None)
    old.dispose()
    new.dispose()


def _model(connection: "psycopg.Connection[Any]") -> str:
    """A database with every table and no row."""
    if MODEL not in _names(connection):
        connection.execute(f'create database "{MODEL}"'.encode())
        _fill(f"{server()}/{MODEL}")
    return MODEL


def _fill(url: str) -> None:
    database = connect(url)
    engine = Engine(database, url)
    engine.migrate()
    migrate(database)
    engine.client.destroy()
    database.dispose()


def _names(connection: "psycopg.Connection[Any]") -> set[str]:
    return {row[0] for row in connection.execute("select datname from pg_database")}


@contextmanager
def _alone() -> "Iterator[psycopg.Connection[Any]]":
    """One process makes databases at a time: a template may have no other visitor."""
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as connection:
        connection.execute(f"select pg_advisory_lock({LOCK})".encode())
        yield connection
