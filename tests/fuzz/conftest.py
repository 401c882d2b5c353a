"""How long each door is tried: `make test` tries a fixed number of inputs, the same each time."""

from collections.abc import Iterator

import pytest
import stamina


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz-seconds", type=float, default=0, help="for each door, seconds of new inputs at random")


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """No second attempt: what a system answered once it would answer again."""
    with stamina.set_testing(True, attempts=1):
        yield
