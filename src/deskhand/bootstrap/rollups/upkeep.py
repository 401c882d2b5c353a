"""Takes new lines of the journal in: what they change, and the rows that say so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.rollups import customers
from deskhand.bootstrap.rollups.parts import Key, changed, parts
from deskhand.bootstrap.rollups.returns import around, come_back_to
from deskhand.bootstrap.rollups.rows import (
    change_sums,
    contacts,
    entries,
    folded,
    put_contacts,
    put_entries,
    put_parties,
    some,
)
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.rollups import rollup_contact, rollup_entry, rollup_party
from deskhand.measurement.entries import KINDS, Open, with_returns
from deskhand.measurement.entry import Entry
from deskhand.measurement.returns import Contact, Places
from deskhand.measurement.sums import Sums, add


@dataclass(frozen=True)
class Change:
    """What taking in some tickets comes to: the entries that go, and those that come; `contacts` are all of theirs."""

    tickets: Sequence[str]
    gone: Sequence[Entry]
    new: Sequence[Entry]
    contacts: Sequence[Contact]
    left: Mapping[str, datetime]


def touched(connection: sa.Connection, after: int, upto: int) -> list[str]:
    """The tickets of these lines."""
    wanted = sa.select(journal.c.ticket).where(journal.c.seq > after, journal.c.seq <= upto, journal.c.kind.in_(KINDS))
    return sorted(set(connection.scalars(wanted)) - {""})


def change(connection: sa.Connection, after: int, upto: int, window: timedelta, open_between: Open | None) -> Change:
    """What the lines behind `after`, up to that one, come to. Nothing is written."""
    names = touched(connection, after, upto)
    folds = folded(connection, names, upto)
    said = [one for fold in folds.values() for one in fold.ledger.contacts]
    known = set(contacts(connection, rollup_contact.c.ticket, names))
    others = come_back_to(connection, set(said) ^ known, names)
    gone = {(one.ticket, one.number): one for one in (*entries(connection, names), *others)}
    fresh = [entry for fold in folds.values() for entry in fold.entries(open_between)]
    looked_at = [*fresh, *others]
    places = Places(around(connection, looked_at, window, names) | set(said))
    new = {(one.ticket, one.number): with_returns(one, places, window) for one in looked_at}
    return Change(
        tickets=names,
        gone=[one for key, one in gone.items() if new.get(key) != one],
        new=[one for key, one in new.items() if gone.get(key) != one],
        contacts=said,
        left=customers.said_to_have_left(connection, after, upto),
    )


def write(connection: sa.Connection, one: Change, window: timedelta) -> None:
    row = rollup_entry.c
    for few in some(one.tickets):
        connection.execute(sa.delete(rollup_contact).where(rollup_contact.c.ticket.in_(few)))
    put_contacts(connection, one.contacts)
    if one.gone:
        same = (row.ticket == sa.bindparam("which"), row.number == sa.bindparam("at"))
        keys = [{"which": gone.ticket, "at": gone.number} for gone in one.gone]
        connection.execute(sa.delete(rollup_entry).where(*same), keys)
    put_entries(connection, one.new)
    names = sorted({entry.ticket for entry in (*one.gone, *one.new)})
    for few in some(names):
        connection.execute(sa.delete(rollup_party).where(rollup_party.c.ticket.in_(few)))
    put_parties(connection, entries(connection, names), window)
    sums = changed(_parts(one.gone, window), _parts(one.new, window))
    who = {customer for entry in (*one.gone, *one.new) for customer in entry.customers}
    for key, part in customers.look_again(connection, who, one.left).items():
        add(sums.setdefault(key, {}), part)
    change_sums(connection, sums)


def _parts(found: Sequence[Entry], window: timedelta) -> Iterator[tuple[Key, Sums]]:
    return (part for one in found for part in parts(one, window))
