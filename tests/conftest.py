"""Prints what the tests of connectors have found: fault by connector."""

import pytest
from tests.contracts import table


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    table.mark(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = table.counted(terminalreporter.stats)
    if table.whole(counts):
        terminalreporter.write_sep("-", "fault by connector: tests that passed")
        for line in table.lines(counts):
            terminalreporter.write_line(line)
        terminalreporter.write_line("* signs no stamp: a delivery that comes again is told by its id")
