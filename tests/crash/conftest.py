"""A worker and its twins, shared by the tests of a file: each has memories, tickets and customers of its own."""

from collections.abc import Iterator

import pytest
from tests.crash import lives as desk
from tests.crash.lives import Lives


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lives]:
    with desk.lives(tmp_path_factory.mktemp("crash")) as found:
        yield found
