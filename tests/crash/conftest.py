"""A worker and its twins, shared by the tests of a file: each has memories, tickets and customers of its own."""

from collections.abc import Iterator

import pytest
from tests.crash import lives as desk
from tests.crash.deaths import PROPERTY
from tests.crash.lives import Lives


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Lives]:
    with desk.lives(tmp_path_factory.mktemp("crash"), request.config) as found:
        yield found


@pytest.fixture(autouse=True)
def counted(request: pytest.FixtureRequest, lives: Lives) -> Iterator[None]:
    """How often a worker was killed, for the line at the end of a run."""
    before = len(lives.killed)
    yield
    request.node.user_properties.append((PROPERTY, len(lives.killed) - before))
