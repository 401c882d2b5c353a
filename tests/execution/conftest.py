"""What these tests share: a clock that the test moves, and a store on a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.bootstrap import scratch_store
from deskhand.entrypoints.hostile.world import Clock
from deskhand.infrastructure.storage.store import SqlStore


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Nothing is enqueued in these tests. After a power cut they would be run again, so nothing waits for the disk."""
    with scratch_store(tmp_path) as scratch:
        yield scratch.store
