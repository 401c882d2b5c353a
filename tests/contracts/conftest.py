"""Rigs for each test, and no waiting between attempts."""

from collections.abc import Iterator

import pytest
import stamina
from tests.contracts import rigs


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Four attempts as in life, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def money() -> Iterator[rigs.Money]:
    rig = rigs.money()
    yield rig
    rig.twin.store.close()


@pytest.fixture
def desk() -> Iterator[rigs.Desk]:
    rig = rigs.desk()
    yield rig
    rig.twin.store.close()
