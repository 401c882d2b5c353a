"""No waiting between attempts."""

from collections.abc import Iterator

import pytest
import stamina


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """Four attempts as in life, without the waits between them."""
    with stamina.set_testing(True, attempts=4):
        yield
