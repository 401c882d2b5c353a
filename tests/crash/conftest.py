"""A worker and its twins, shared by the tests of a file: each has memories, tickets and customers of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.crash import lives as desk
from tests.crash.deaths import PROPERTY
from tests.crash.lives import Lives
from tests.crash.stories import first


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Lives]:
    place: Path = tmp_path_factory.mktemp("crash")
    with desk.lives(place, request.config, lambda twins: first(twins, place)) as found:
        yield found


@pytest.fixture(autouse=True)
def counted(request: pytest.FixtureRequest, lives: Lives) -> Iterator[None]:
    """How often a worker was killed, for the line at the end of a run."""
    before = len(lives.killed)
    yield
    request.node.user_properties.append((PROPERTY, len(lives.killed) - before))
