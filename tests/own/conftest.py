"""What these tests share: a clock, a store on a file of its own, and the web shop's actions at work on its stand-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from tests.own.rig import Shop

from deskhand.bootstrap import scratch_store
from deskhand.entrypoints.hostile.world import Clock
from deskhand.infrastructure.storage.store import SqlStore


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Four attempts as in life, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with scratch_store(tmp_path) as scratch:
        yield scratch.store


@pytest.fixture
def shop(tmp_path: Path, store: SqlStore, clock: Clock) -> Shop:
    """With one order of Nora's."""
    shop = Shop(tmp_path, store, clock)
    shop.put()
    return shop
