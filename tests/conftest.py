"""Which database a run is on; and what it has found beside passed and failed: fault by connector, how often a worker
was killed, and how the tickets of the stories ended."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import table
from tests.crash import deaths
from tests.storage import everywhere, postgres
from tests.stories import endings

servers = ExitStack()
# Files that take longest: begun first, so that none is left when all other work is done.
LONGEST = (
    "crash/test_kill.py",
    "injection/test_injection.py",
    "planning/test_fabrications.py",
    "stories/test_feedback_replay.py",
    "model_check/test_whole.py",
    "stories/test_first_hour.py",
    "door/test_helpdock.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="What desks of tests are on."
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "postgresql":
        if why := postgres.missing():
            raise pytest.UsageError(why)
        if not hasattr(config, "workerinput"):
            servers.enter_context(everywhere.started())
        everywhere.switch()


def pytest_unconfigure() -> None:
    servers.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    table.mark(items)
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))


def pytest_runtest_setup(item: pytest.Item) -> None:
    everywhere.needs_sqlite(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    yield
    if everywhere.server() and isinstance(folder, Path):
        everywhere.dropped(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of several hands over what it has seen."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["endings"] = dict(endings.SEEN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    endings.SEEN.update(Counter(getattr(node, "workeroutput", {}).get("endings", {})))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = table.counted(terminalreporter.stats)
    if table.whole(counts):
        terminalreporter.write_sep("-", "fault by connector: tests that passed")
        for line in table.lines(counts):
            terminalreporter.write_line(line)
        terminalreporter.write_line("* signs no stamp: a delivery that comes again is told by its id")
    if killed := deaths.told(terminalreporter.stats):
        terminalreporter.write_line(f"a worker was killed with -9 at {killed} points")
    if endings.SEEN:
        terminalreporter.write_sep("-", "how the tickets of the stories ended")
        for name, count in sorted(endings.SEEN.items()):
            terminalreporter.write_line(f"{count:>6}  {name}")
