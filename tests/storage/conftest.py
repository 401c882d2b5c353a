"""Each test of the store runs on SQLite, and on PostgreSQL where it is installed."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.storage import postgres
from tests.storage.values import nothing

from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs the programs of PostgreSQL on this machine")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.server(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    return postgres.new_database(request.getfixturevalue("server"), f"t{next(numbers)}")


@pytest.fixture
def empty(url: str) -> Iterator[sa.Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty: sa.Engine) -> sa.Engine:
    migrate(empty)
    return empty


@pytest.fixture
def store(database: sa.Engine) -> SqlStore:
    return SqlStore(database, nothing)
