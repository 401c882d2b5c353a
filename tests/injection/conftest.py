"""One desk for all attacks, shut down with their last one: its threads would trouble the tests that follow."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from tests.injection.stage import Stage, opened
from tests.stories.prepared import prepare


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    prepared = prepare(tmp_path_factory.getbasetemp() / "lumen", request.config)
    folder: Path = copytree(prepared, tmp_path_factory.mktemp("attacked") / "desk")
    with opened(folder) as stage:
        yield stage
