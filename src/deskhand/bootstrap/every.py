"""Work that comes again and again beside all other work."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deskhand.domain.errors import DeskhandError

log = logging.getLogger(__name__)
LONG = 10.0  # seconds that a round may need to stop


@contextmanager
def every(seconds: float, work: Callable[[], object], what: str, *, at_once: bool = False) -> Iterator[None]:
    """Until the block ends, a round of this work every so many seconds; 0 for never.

    `what` names it in the log. `at_once`: the first round does not wait. Whatever a round fails with, the next comes.
    """
    if not seconds:
        yield
        return
    stop = threading.Event()
    args = (0.0 if at_once else seconds, seconds, work, what, stop)
    thread = threading.Thread(target=_rounds, args=args, name=what, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LONG)  # what hangs must not keep the process


def _rounds(first: float, seconds: float, work: Callable[[], object], what: str, stop: threading.Event) -> None:
    wait = first
    while not stop.wait(wait):
        wait = seconds
        try:
            work()
        except DeskhandError as error:
            log.warning("the round of %s was not ended: %s", what, error)
        except Exception:
            log.exception("the round of %s was not ended", what)
