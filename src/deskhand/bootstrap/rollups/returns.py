"""Whether customers came back: contacts and tickets that may belong together, read from the rows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.rollups.rows import contacts, entries, some
from deskhand.infrastructure.storage.tables.rollups import rollup_contact, rollup_party
from deskhand.measurement.entry import Entry
from deskhand.measurement.returns import Contact


def around(
    connection: sa.Connection, found: Iterable[Entry], window: timedelta, besides: Collection[str] = ()
) -> set[Contact]:
    """All kept contacts that may be returns to these entries, but those at the tickets `besides`."""
    ended = [one for one in found if one.closed_at or one.followed_up_at]
    ends = [at for one in ended for at in (one.closed_at, one.followed_up_at) if at]
    if not ends:
        return set()
    bounds = (min(ends), max(ends) + window)
    tickets = sorted({one.ticket for one in ended} - set(besides))
    customers = sorted({customer for one in ended for customer in one.customers})
    there = set(contacts(connection, rollup_contact.c.ticket, tickets, *bounds))
    theirs = contacts(connection, rollup_contact.c.customer, customers, *bounds)
    return there | {one for one in theirs if one.ticket not in besides}


def come_back_to(connection: sa.Connection, changed: Iterable[Contact], besides: Collection[str]) -> list[Entry]:
    """Entries that these contacts may be returns to, but those of the tickets `besides`."""
    times: dict[str, tuple[datetime, datetime]] = {}
    for one in changed:
        if one.customer:
            first, last = times.get(one.customer, (one.at, one.at))
            times[one.customer] = (min(first, one.at), max(last, one.at))
    return list(entries(connection, sorted(_tickets(connection, times) - set(besides))))


def _tickets(connection: sa.Connection, times: Mapping[str, tuple[datetime, datetime]]) -> set[str]:
    """Of these customers, where one may come back to them between these times."""
    row, found = rollup_party.c, set()
    for few in some(times):
        first, last = min(times[one][0] for one in few), max(times[one][1] for one in few)
        wanted = sa.select(rollup_party).where(row.customer.in_(few), row.since <= last, row.until > first)
        found |= {
            one.ticket
            for one in connection.execute(wanted)
            if one.since <= times[one.customer][1] and one.until > times[one.customer][0]
        }
    return found
