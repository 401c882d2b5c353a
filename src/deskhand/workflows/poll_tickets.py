"""For help desks that send no events, and beside those that do: what changed is asked for every so often."""

from collections.abc import Callable
from datetime import datetime, timedelta

from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Missing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Ticket
from deskhand.ports.reads import TicketDesk, TicketFeed
from deskhand.ports.store import Store
from deskhand.workflows.agents_seen import note_agents
from deskhand.workflows.closing import close_solved
from deskhand.workflows.overhear import overhear
from deskhand.workflows.take_in import take_in
from deskhand.workflows.watch_handoff import answered

LATE = timedelta(days=1)  # older messages are no news: a ticket that changes today may have years behind it


def poll(feed: TicketFeed, desk: TicketDesk, store: Store, clock: Callable[[], datetime]) -> int:
    """How many messages were filed that no event had told of. The first time only marks where we begin.

    A message is filed once, whoever tells of it first. Raises the `ConnectorError` of a page that cannot be read; what
    came before it is filed, and the next call begins there.
    """
    source, filed = f"poll:{feed.system}", 0
    with store.begin() as tx:
        cursor = tx.history.cursor(source)
    if not cursor:
        with store.begin() as tx:
            tx.history.move(source, feed.since(clock()))
        return 0
    more = True
    while more:
        page = feed.changes(cursor)
        for ref in dict.fromkeys(changed.ticket for changed in page.tickets):
            filed += _take_news(ref, desk, store, clock())
        cursor, more = page.cursor, page.more
        with store.begin() as tx:
            tx.history.move(source, cursor)
    return filed


def _take_news(ref: Ref, desk: TicketDesk, store: Store, now: datetime) -> int:
    try:
        ticket = desk.ticket(ref).value
    except Missing:
        return 0
    overhear(store, ticket, now)
    note_agents(store, ticket, now)
    answered(store, ticket, now)
    filed = sum(take_in(store, one) for one in _deliveries(ticket, now))
    close_solved(store, ticket, now)
    return filed


def _deliveries(ticket: Ticket, now: datetime) -> list[Delivery]:
    """Each recent public message of the customer that nobody has answered since."""
    ours = (place for place, one in enumerate(ticket.messages) if one.public and one.author is not Author.CUSTOMER)
    answered = max(ours, default=-1)
    news = [one for one in ticket.messages[answered + 1 :] if one.public and one.author is Author.CUSTOMER]
    return [
        Delivery(ticket.ref.system, f"poll/{ticket.ref}/{one.id}", str(ticket.ref), one.id, ticket.channel, one.sent_at)
        for one in news
        if now - one.sent_at <= LATE
    ]
