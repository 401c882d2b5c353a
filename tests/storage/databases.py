"""Fixtures of databases: each test that asks for one runs on SQLite, and on PostgreSQL where it is installed."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.storage import everywhere, postgres

from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate

numbers = count(1)
OF = os.getpid()  # several processes of a run may share one server


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs the programs of PostgreSQL on this machine")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if everywhere.server():
        yield everywhere.server()
        return
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return new(request, tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """With every table, and no row."""
    like = "" if request.param == "sqlite" else _model(request.getfixturevalue("server"))
    engine = connect(new(request, tmp_path, like))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def empty(url: str) -> Iterator[sa.Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


def new(request: pytest.FixtureRequest, folder: Path, like: str = "") -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder}/desk.db"
    return postgres.new_database(request.getfixturevalue("server"), f"t{OF}_{next(numbers)}", like or "template1")


@cache
def _model(server: str) -> str:
    """A database of this process with every table: to copy it takes the server a third of what making them does."""
    name = f"model{OF}"
    engine = connect(postgres.new_database(server, name))
    migrate(engine)
    engine.dispose()
    return name
