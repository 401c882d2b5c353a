"""One stand-in for models for the whole run, and Lumen's prepared folder, copied for each desk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest
import stamina
from tests.llm.desks import Change, Twin, using
from tests.llm.served import served
from tests.stories.lumen import Lumen, opened
from tests.stories.prepared import prepare

from deskhand.infrastructure.llm.twin import ModelTwin
from deskhand.infrastructure.llm.twin_answers import answer_to

Open = Callable[[Change], Lumen]


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Four attempts at other systems as in life, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.getbasetemp() / "lumen", request.config)


@pytest.fixture(scope="module")
def server() -> Iterator[Twin]:
    model = ModelTwin()
    with served(model.app) as url:
        yield Twin(model, url)


@pytest.fixture
def twin(server: Twin) -> Twin:
    """The stand-in, with nothing in its mind."""
    server.model.think = answer_to
    server.model.heard.clear()
    server.model.moods.clear()
    server.model.outage = range(0)
    return server


@pytest.fixture(scope="module")
def at_work(server: Twin, prepared: Path, mode: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """One desk for the stories of a file, each with customers of its own. The file says in which mode it asks.

    No story of that file may open another one with `desk`: of two desks in one process only the first works.
    """
    with opened(copytree(prepared, tmp_path_factory.mktemp("work") / "desk"), using(server.name("ok", mode))) as lumen:
        yield lumen


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens a desk on a folder of its own."""
    with ExitStack() as stack:
        places = iter(range(9))

        def open_one(change: Change) -> Lumen:
            return stack.enter_context(opened(copytree(prepared, tmp_path / f"desk{next(places)}"), change))

        yield open_one


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A desk folder that is not opened yet."""
    return Path(copytree(prepared, tmp_path / "unopened"))
