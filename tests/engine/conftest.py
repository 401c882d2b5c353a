"""An engine that runs, shared by the tests of a file: each test uses tickets and keys of its own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa
from tests.engine.spawning import spawn
from tests.engine.stories import World, register
from tests.storage.databases import empty, new, pytest_configure, server, url

from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.database import connect

__all__ = ["empty", "pytest_configure", "server", "spawn", "url"]


class Running:
    """An engine with the stories of these tests, and the world they change."""

    def __init__(self, database: sa.Engine, url: str):
        self.database = database
        self.engine = Engine(database, url, backoff=(0.01, 0.02), poll=0.02)
        self.engine.migrate()
        self.world = World()
        register(self.engine, self.world)

    def start(self, story: str, ticket: str, *args: str, key: str = "", turn: int = 0, delay: float = 0) -> str:
        key = key or uuid4().hex
        with self.database.begin() as connection:
            self.engine.enqueue(connection, story, ticket, key, *args, turn=turn, delay=delay)
        return key

    def result(self, key: str) -> str:
        return self.engine.wait(key, 30)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    url = new(request, tmp_path_factory.mktemp("engine"))
    database = connect(url)
    running = Running(database, url)
    running.engine.start()
    yield running
    running.engine.stop()
    database.dispose()


@pytest.fixture
def ticket() -> str:
    return f"chat:ticket:{uuid4().hex}"
