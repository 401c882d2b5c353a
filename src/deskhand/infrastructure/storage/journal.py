"""The journal: lines that are only ever added, each chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from deskhand.domain.card_number import value_without_cards
from deskhand.domain.digest import canonical
from deskhand.domain.journal_line import Broken, JournalLine, ProvedPart, Sought, Verified
from deskhand.infrastructure.storage.apart import put_apart, tokens_with, with_values
from deskhand.infrastructure.storage.columns import own_numbers, written
from deskhand.infrastructure.storage.tables.journal import journal as table
from deskhand.infrastructure.storage.tables.tickets import ticket as tickets

FIRST = "0" * 64  # the hash before the first line
INSERT = sa.insert(table)
CHANGED = sa.update(tickets).where(tickets.c.ticket == sa.bindparam("which"))
DOERS = ("by", "person")  # under which a line's body names who did it
_NEXT_KIND = sa.select(sa.func.min(table.c.kind)).where(table.c.kind > sa.bindparam("known"))
LAST = sa.select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)


class SqlJournal:
    """Its transaction runs alone (`database.exclusive`), so no two lines can follow the same one."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection
        self.last: tuple[int, str] | None = None
        self.changed: dict[str, datetime] = {}

    def append(self, kind: str, ticket: str, body: Mapping[str, object], at: datetime) -> int:
        """One line more; its number. `body` may hold frozen values: they are written as plain JSON, and what names
        people is kept beside it (`apart.py`)."""
        seq, before = self.last or self._newest()
        # Before the hash: nothing changes it later.
        plain = value_without_cards(to_jsonable_python(body), own_numbers(self.connection.dialect))
        text = canonical(put_apart(self.connection, kind, ticket, plain, at))
        link = chained(before, seq + 1, at, kind, ticket, text)
        row = {"seq": seq + 1, "at": at, "kind": kind, "ticket": ticket, "body": text, "hash": link}
        self.connection.execute(INSERT, row)
        self.last = (seq + 1, link)
        self.changed[ticket] = at
        return seq + 1

    def of_ticket(self, ticket: str, kinds: Collection[str]) -> list[JournalLine]:
        """See `ports.store.Journal`."""
        wanted = sa.select(table).where(table.c.ticket == ticket, table.c.kind.in_(kinds)).order_by(table.c.seq)
        return read(self.connection, self.connection.execute(wanted))

    def newest(self, kind: str) -> JournalLine | None:
        """See `ports.store.Journal`."""
        wanted = sa.select(table).where(table.c.kind == kind).order_by(table.c.seq.desc()).limit(1)
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else read(self.connection, [row])[0]

    def behind(self, after: int, kinds: Collection[str], limit: int) -> list[JournalLine]:
        """See `ports.store.Journal`."""
        return lines(self.connection, after, limit, kinds=kinds)

    def before(self, seq: int, tickets: Collection[str], kinds: Collection[str]) -> list[JournalLine]:
        """See `ports.store.Journal`."""
        wanted = sa.select(table).where(table.c.seq <= seq, table.c.ticket.in_(tickets), table.c.kind.in_(kinds))
        return read(self.connection, self.connection.execute(wanted.order_by(table.c.seq)))

    def last_number(self) -> int:
        """See `ports.store.Journal`."""
        return self._newest()[0]

    def close(self) -> None:
        """Tell the tickets when they last changed. Call it once, before the commit."""
        for name, at in self.changed.items():
            self.connection.execute(CHANGED, {"which": name, "changed_at": at})

    def _newest(self) -> tuple[int, str]:
        row = self.connection.execute(LAST).one_or_none()
        return (0, FIRST) if row is None else (row.seq, row.hash)


def chained(before: str, seq: int, at: datetime, kind: str, ticket: str, body: str) -> str:
    """The hash of a line: SHA-256 over the hash before it and its own canonical JSON. `body` is canonical already."""
    line = f"[{seq},{json.dumps(written(at))},{canonical(kind)},{canonical(ticket)},{body}]"
    return hashlib.sha256((before + line).encode()).hexdigest()


def lines(
    connection: sa.Connection,
    after: int = 0,
    limit: int = 1000,
    *,
    ticket: str | None = None,
    kinds: Collection[str] | None = None,
) -> list[JournalLine]:
    """Lines with a number above `after`, in order."""
    wanted = sa.select(table).where(table.c.seq > after).order_by(table.c.seq).limit(limit)
    if ticket is not None:
        wanted = wanted.where(table.c.ticket == ticket)
    if kinds is not None:
        wanted = wanted.where(table.c.kind.in_(kinds))
    return read(connection, connection.execute(wanted))


def last(connection: sa.Connection, limit: int, *, ticket: str | None = None) -> list[JournalLine]:
    """The newest lines, oldest first."""
    newest = sa.select(table).order_by(table.c.seq.desc()).limit(limit)
    if ticket is not None:
        newest = newest.where(table.c.ticket == ticket)
    return read(connection, reversed(connection.execute(newest).all()))


def found(
    connection: sa.Connection, sought: Sought, limit: int, *, before: int | None = None, after: int | None = None
) -> list[JournalLine]:
    """The lines that are looked for: the newest first, or in order where `after` is given; neither bound is among
    them."""
    apart = tokens_with(connection, sought.words) if sought.words else ()
    wanted = sa.select(table).where(*_matching(sought, apart)).limit(limit)
    if before is not None:
        wanted = wanted.where(table.c.seq < before)
    if after is not None:
        wanted = wanted.where(table.c.seq > after)
    order = table.c.seq.desc() if after is None else table.c.seq
    return read(connection, connection.execute(wanted.order_by(order)))


def kinds(connection: sa.Connection) -> list[str]:
    """Every kind of line there is, by its name. One step along the index for each, however many lines there are."""
    known: list[str] = []
    while (after := connection.scalar(_NEXT_KIND, {"known": known[-1] if known else ""})) is not None:
        known.append(after)
    return known


def number_before(connection: sa.Connection, at: datetime) -> int:
    """The number of a line older than this moment with none of that age far behind it: lines are written nearly in the
    order of their times, so that it is found by halves, without an index over times."""
    low, high = 0, newest_number(connection) + 1
    while high - low > 1:
        middle = (low + high) // 2
        when = connection.scalar(sa.select(table.c.at).where(table.c.seq == middle))
        low, high = (middle, high) if when is not None and when < at else (low, middle)
    return low


def newest_number(connection: sa.Connection) -> int:
    """0 while nothing was written."""
    return int(connection.scalar(sa.select(sa.func.max(table.c.seq))) or 0)


def changed(connection: sa.Connection, after: int, limit: int) -> list[tuple[int, str]]:
    """The tickets of the lines above `after`, each with its last number, in order of those."""
    last_one = sa.func.max(table.c.seq)
    wanted = sa.select(last_one, table.c.ticket).where(table.c.seq > after).group_by(table.c.ticket)
    return [(row[0], row[1]) for row in connection.execute(wanted.order_by(last_one).limit(limit))]


def verify(connection: sa.Connection, known: Mapping[int, Collection[str]] = MappingProxyType({})) -> Verified | Broken:
    """Compute the whole chain again, a thousand lines at a time. `known`: what others hold to be the hash of a line."""
    seq, link = 0, FIRST
    for row in _rows(connection):
        if isinstance(next_ := _followed(row, seq, link), Broken):
            return next_
        seq, link = next_
        if any(one != link for one in known.get(seq, ())):
            return Broken(seq, "the line, or one before it, is another than when its hash was signed")
    if (last := max(known, default=0)) > seq:
        return Broken(seq + 1, f"the newest lines are missing: line {last} was there when its hash was signed")
    return Verified(seq, link)


def verify_on(connection: sa.Connection, after: int, link: str, limit: int) -> ProvedPart | Broken:
    """The same in parts: so many lines behind the number `after`, whose hash was computed to be `link`."""
    newest, seq = newest_number(connection), after
    for row in islice(_rows(connection, after), limit):
        if isinstance(next_ := _followed(row, seq, link), Broken):
            return next_
        seq, link = next_
    return ProvedPart(seq, link, newest)


def _followed(row: sa.Row[Any], seq: int, link: str) -> tuple[int, str] | Broken:
    """Number and hash of this line, if it is the one behind the line with this number and hash."""
    if row.seq != seq + 1:
        return Broken(seq + 1, "the line is missing")
    link = chained(link, row.seq, row.at, row.kind, row.ticket, row.body)
    if link != row.hash:
        return Broken(row.seq, "the line does not fit its hash and the line before it")
    return row.seq, link


def _matching(sought: Sought, apart: Collection[str]) -> Iterator[sa.ColumnElement[bool]]:
    if sought.kind:
        yield table.c.kind == sought.kind
    if sought.ticket:
        yield table.c.ticket == sought.ticket
    if sought.person:
        name = canonical(sought.person)
        yield sa.or_(*(table.c.body.contains(f'"{key}":{name}', autoescape=True) for key in DOERS))
    if sought.words:
        # The body is JSON: words are looked for as they are written there, without the quotes around them.
        plain = table.c.body.icontains(canonical(sought.words)[1:-1], autoescape=True)
        yield sa.or_(plain, *(table.c.body.contains(token) for token in apart))
    if sought.since is not None:
        yield table.c.at >= sought.since
    if sought.until is not None:
        yield table.c.at < sought.until


def read(connection: sa.Connection, rows: Iterable[sa.Row[Any]]) -> list[JournalLine]:
    """Rows of the table as lines, with what is kept apart from them."""
    every = list(rows)
    bodies = with_values(connection, (row.body for row in every))
    return [
        JournalLine(row.seq, row.at, row.kind, row.ticket, json.loads(body), row.hash)
        for row, body in zip(every, bodies, strict=True)
    ]


def _rows(connection: sa.Connection, after: int = 0) -> Iterator[sa.Row[Any]]:
    seq, more = after, True
    while more:
        page = connection.execute(sa.select(table).where(table.c.seq > seq).order_by(table.c.seq).limit(1000)).all()
        yield from page
        more = len(page) == 1000
        seq = page[-1].seq if page else seq
