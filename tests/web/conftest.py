"""The workspace of one desk behind a real port, and people in a real browser looking at it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx2
import pytest
import uvicorn
from tests.stories.conftest import impatient, prepared
from tests.stories.lumen import Lumen, apart, opened
from tests.web.browser import Windows, chromium

from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.cli.serve import Server

__all__ = ["impatient", "prepared"]
WIDTHS = {"desk": (1440, 900), "middle": (1000, 800), "phone": (390, 844), "small": (320, 640)}


@dataclass(frozen=True)
class Workspace:
    """`address` is where the desk is served; `lumen` is what stands behind it."""

    lumen: Lumen
    address: str

    def link(self, person: str, path: str = "/inbox") -> str:
        """The address that signs this person in, and leads to `path`."""
        query = httpx2.QueryParams(token=self.lumen.installation.tokens[person], next=path)
        return f"{self.address}/sign-in?{query}"


@pytest.fixture(scope="module")
def workspace(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One desk for the tests of a file, each on tickets and with customers of its own."""
    folder = copytree(prepared, tmp_path_factory.mktemp("web") / "desk")
    with opened(folder, apart) as lumen, served(lumen) as address:
        yield Workspace(lumen, address)


class served:  # noqa: N801  (used like a function)
    """The desk on a port of this machine, a free one if not said, for as long as the block lasts; its address."""

    def __init__(self, lumen: Lumen, port: int = 0):
        app = create_app(lumen.installation)
        self._server = Server(
            uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1),
            app.state.end_streams,
        )
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started:
            assert time.monotonic() < until, "the server did not start in time"
            assert self._thread.is_alive(), "the server ended while it started"
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive(), "the server did not stop"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", default="", help="a folder for a picture of every screen")


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest) -> str:
    """The folder for pictures; "" for none."""
    return str(request.config.getoption("--pictures"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def windows(browser: Any) -> Iterator[Windows]:
    """Opens windows; at the end none of their pages may have complained of anything that is not allowed."""
    opens = Windows(browser)
    opens.allowed = ("409 (Conflict)",)
    yield opens
    assert opens.close() == []


@pytest.fixture
def look(workspace: Workspace, windows: Windows) -> Callable[..., Any]:
    """A page of the workspace in a window of its own, as this person sees it."""

    def opened_by(person: str, path: str = "/inbox", **options: Any) -> Any:
        page = windows(**{"viewport": {"width": 1440, "height": 900}, **options}).new_page()
        page.goto(workspace.link(person, path))
        return page

    return opened_by
