"""Fixtures of databases: each test that asks for one runs on SQLite, and on PostgreSQL where it is installed."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.storage import everywhere, postgres

from deskhand.infrastructure.storage.database import connect

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


@pytest.fixture
def empty(url: str) -> Iterator[sa.Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


def new(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder}/desk.db"
    return postgres.new_database(request.getfixturevalue("server"), f"t{OF}_{next(numbers)}")
