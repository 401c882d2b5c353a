"""Prints what a run has found beside passed and failed: fault by connector, and how often a worker was killed."""

import pytest
from tests.contracts import table
from tests.crash import deaths


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    table.mark(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = table.counted(terminalreporter.stats)
    if table.whole(counts):
        terminalreporter.write_sep("-", "fault by connector: tests that passed")
        for line in table.lines(counts):
            terminalreporter.write_line(line)
        terminalreporter.write_line("* signs no stamp: a delivery that comes again is told by its id")
    if killed := deaths.told(terminalreporter.stats):
        terminalreporter.write_line(f"a worker was killed with -9 at {killed} points")
