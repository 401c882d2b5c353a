"""The past of a help desk, taken over a page at a time: stopped at any moment it goes on where it was."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from deskhand.domain.errors import Missing
from deskhand.domain.ticket import Ticket
from deskhand.ports.reads import TicketDesk, TicketFeed
from deskhand.ports.store import Store
from deskhand.workflows.pause import NO_TICKET

Redact = Callable[[str], str]
AT_ONCE = 100  # tickets of a file in one transaction


@dataclass(frozen=True)
class Imported:
    """What one page brought: `kept` are new or changed, `known` were kept before as they are, `gone` are no more.

    `upto` is the time of the last change in it; None for an empty page.
    """

    kept: int
    known: int
    gone: int
    upto: datetime | None


def import_feed(
    feed: TicketFeed, desk: TicketDesk, store: Store, redact: Redact, clock: Callable[[], datetime]
) -> Iterator[Imported]:
    """Page after page to the end. What is kept and how far we are is one transaction, so nothing is lost or doubled.

    `redact` takes out what is never kept. Raises the `ConnectorError` of a page that cannot be read; all before it is
    kept, and the next call goes on there.
    """
    source = f"history:{feed.system}"
    with store.begin() as tx:
        cursor = tx.history.cursor(source)
    more = True
    while more:
        page = feed.changes(cursor)
        fresh: list[Ticket] = []
        known = gone = 0
        for changed in page.tickets:
            with store.begin() as tx:
                version = tx.history.known(str(changed.ticket))
            if version == changed.at.isoformat():
                known += 1
                continue
            try:
                ticket = desk.ticket(changed.ticket).value
            except Missing:
                gone += 1
                continue
            fresh.append(replace(_clean(ticket, redact), version=changed.at.isoformat()))
        _keep(store, fresh, source, page.cursor, clock())
        yield Imported(len(fresh), known, gone, page.tickets[-1].at if page.tickets else None)
        cursor, more = page.cursor, page.more


def import_tickets(
    tickets: Iterable[Ticket], source: str, store: Store, redact: Redact, clock: Callable[[], datetime]
) -> Iterator[Imported]:
    """Those of a file. Reading it again keeps nothing twice."""
    batch: list[Ticket] = []
    for ticket in tickets:
        batch.append(_clean(ticket, redact))
        if len(batch) == AT_ONCE:
            yield _batch(store, batch, source, clock())
            batch = []
    if batch:
        yield _batch(store, batch, source, clock())


def _batch(store: Store, batch: list[Ticket], source: str, now: datetime) -> Imported:
    with store.begin() as tx:
        fresh = [one for one in batch if tx.history.known(str(one.ref)) != one.version]
    _keep(store, fresh, source, "", now)
    return Imported(len(fresh), len(batch) - len(fresh), 0, max(one.messages[-1].sent_at for one in batch))


def _keep(store: Store, tickets: list[Ticket], source: str, cursor: str, now: datetime) -> None:
    with store.begin() as tx:
        for one in tickets:
            tx.history.keep(one, source, now)
        if cursor:
            tx.history.move(source, cursor)
        if tickets:
            told = {"source": source, "tickets": len(tickets), "last": str(tickets[-1].ref)}
            tx.journal.append("history.imported", NO_TICKET, told, now)


def _clean(ticket: Ticket, redact: Redact) -> Ticket:
    messages = tuple(
        replace(
            one,
            text=redact(one.text),
            attachments=tuple(replace(file, name=redact(file.name), ref="") for file in one.attachments),
        )
        for one in ticket.messages
    )
    return replace(ticket, subject=redact(ticket.subject), messages=messages)
