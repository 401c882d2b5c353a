"""What these tests share: a clock that the test moves, and a store on a file of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Nothing is enqueued in these tests. After a power cut they would be run again, so nothing waits for the disk."""
    engine = connect(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
    yield SqlStore(engine, lambda *_, **__: None)
    engine.dispose()
