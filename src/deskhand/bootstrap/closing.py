"""Closing what has gone quiet, beside all other work."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from deskhand.workflows.close_quiet import close_quiet
from deskhand.workflows.desk import Desk

log = logging.getLogger(__name__)
LONG = 10.0  # seconds that a round may need to stop


@contextmanager
def closing(desk: Desk, minutes: float) -> Iterator[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    if not minutes:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(desk, minutes, stop), name="closing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LONG)


def _work(desk: Desk, minutes: float, stop: threading.Event) -> None:
    while not stop.wait(60 * minutes):
        try:
            close_quiet(desk)
        except Exception:  # whatever it was, the next round goes on: without it no ticket would ever close
            log.exception("the round of closing quiet tickets was not ended")
