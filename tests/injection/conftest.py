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
    # A handful of customers make all attacks: that it is their fourth ticket on the same means nothing here.
    rules = folder / "policies" / "escalation.yaml"
    rules.write_text(rules.read_text("utf-8").replace("talk.contacts >= 4", "talk.contacts >= 400"), "utf-8")
    with opened(folder) as stage:
        yield stage
