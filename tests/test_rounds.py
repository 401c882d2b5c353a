"""Rounds beside all other work: one that fails is followed by the next, and none outlives its block."""

import logging
import threading
from collections.abc import Callable

import pytest

from deskhand.bootstrap.every import every
from deskhand.domain.errors import Down

SOON, PATIENCE = 0.001, 10.0


def failing(error: Exception, again: threading.Event) -> Callable[[], None]:
    """Fails once, then tells that it was called again."""
    errors = [error]

    def work() -> None:
        if errors:
            raise errors.pop()
        again.set()

    return work


@pytest.mark.parametrize(("error", "traced"), [(Down("no answer"), False), (ZeroDivisionError("a fault"), True)])
def test_after_a_round_that_failed_the_next_one_comes(
    error: Exception, traced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    again = threading.Event()
    with caplog.at_level(logging.WARNING), every(SOON, failing(error, again), "asking"):
        assert again.wait(PATIENCE)

    (told,) = caplog.records
    assert "asking was not ended" in told.getMessage()
    assert bool(told.exc_info) == traced


def test_the_first_round_waits_unless_it_is_wanted_at_once() -> None:
    early, late = threading.Event(), threading.Event()
    with every(3600, early.set, "at once", at_once=True), every(3600, late.set, "later"):
        assert early.wait(PATIENCE)
        assert not late.is_set()


def test_no_round_comes_after_its_block_nor_where_none_is_wanted() -> None:
    before, never, came = {thread.name for thread in threading.enumerate()}, threading.Event(), threading.Event()
    with every(SOON, came.set, "often"), every(0, never.set, "never", at_once=True):
        assert came.wait(PATIENCE)
    assert {thread.name for thread in threading.enumerate()} == before
    assert not never.is_set()
