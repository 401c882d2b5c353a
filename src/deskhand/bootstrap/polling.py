"""Asking help desks what changed, beside all other work: events get lost, and some systems send none."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from deskhand.bootstrap.connectors import Clock, Connected
from deskhand.ports.reads import TicketDesk, TicketFeed
from deskhand.ports.store import Store
from deskhand.workflows.poll_tickets import poll

log = logging.getLogger(__name__)
LONG = 10.0  # seconds that a round may need to stop


@contextmanager
def polling(connected: Iterable[Connected], store: Store, clock: Clock) -> Iterator[None]:
    """Until the block ends, each help desk that can tell what changed is asked at the interval of its table."""
    stop, threads = threading.Event(), []
    for one in connected:
        feed, desk, minutes = one.roles.feed, one.roles.tickets, float(one.given.table.poll_minutes)
        if feed and desk and minutes:
            args = (feed, desk, minutes, store, clock, stop)
            threads.append(threading.Thread(target=_work, args=args, name=f"poll-{feed.system}", daemon=True))
            threads[-1].start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(LONG)


def _work(
    feed: TicketFeed, desk: TicketDesk, minutes: float, store: Store, clock: Clock, stop: threading.Event
) -> None:
    wait = 0.0
    while not stop.wait(wait):
        wait = 60 * minutes
        try:
            if filed := poll(feed, desk, store, clock):
                log.info("%s: %d messages that no event had told of", feed.system, filed)
        except Exception as error:  # whatever it was, the next round comes
            log.warning("%s was not asked to the end what changed: %s", feed.system, error)
