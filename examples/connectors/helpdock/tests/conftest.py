"""A HelpDock for each test."""

from collections.abc import Iterator

import pytest

from .desk import HelpDockDesk


@pytest.fixture
def desk() -> Iterator[HelpDockDesk]:
    rig = HelpDockDesk()
    yield rig
    rig.twin.store.close()
