"""A desk folder is prepared once; each story gets a copy of its own, or shares one where it leaves no trace."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
import stamina
from tests.stories.lumen import Lumen, apart, opened
from tests.stories.prepared import prepare


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Four attempts as in life, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.getbasetemp() / "lumen", request.config)


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return copytree(prepared, tmp_path / "desk")


@pytest.fixture
def lumen(folder: Path) -> Iterator[Lumen]:
    """A desk of its own for one story: the assistant may act alone."""
    with opened(folder, finished=True) as lumen:
        yield lumen


@pytest.fixture(scope="module")
def shared(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """One desk for the stories of a file, each on tickets and with customers of its own."""
    with opened(copytree(prepared, tmp_path_factory.mktemp("shared") / "desk"), apart, finished=True) as lumen:
        yield lumen
