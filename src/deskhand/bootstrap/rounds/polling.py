"""Asking help desks what changed, beside all other work: events get lost, and some systems send none."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from deskhand.bootstrap.connections.connectors import Clock, Connected
from deskhand.bootstrap.every import every
from deskhand.ports.reads import TicketDesk, TicketFeed
from deskhand.ports.store import Store
from deskhand.workflows.poll_tickets import poll

log = logging.getLogger(__name__)


@contextmanager
def polling(connected: Iterable[Connected], store: Store, clock: Clock) -> Iterator[None]:
    """Until the block ends, each help desk that can tell what changed is asked at the interval of its table."""
    with ExitStack() as stack:
        for one in connected:
            feed, desk, minutes = one.roles.feed, one.roles.tickets, float(one.given.table.poll_minutes)
            if feed and desk:
                ask = partial(_ask, feed, desk, store, clock)
                stack.enter_context(every(60 * minutes, ask, f"asking {feed.system} what changed", at_once=True))
        yield


def _ask(feed: TicketFeed, desk: TicketDesk, store: Store, clock: Clock) -> None:
    if filed := poll(feed, desk, store, clock):
        log.info("%s: %d messages that no event had told of", feed.system, filed)
