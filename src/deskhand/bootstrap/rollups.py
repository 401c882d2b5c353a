"""Roll-ups: tickets as they are counted, and daily sums, kept up with the journal line by line.

Whatever the order in which lines are taken in, each ticket that a new line touches is folded again from all of its own
lines, and each ticket that one of its customers may have come back to is looked at again. So what is kept is what a
recomputation finds.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage.columns import Typed
from deskhand.infrastructure.storage.database import exclusive, insert
from deskhand.infrastructure.storage.journal import read
from deskhand.infrastructure.storage.tables import journal, rollup_contact, rollup_entry, rollup_party, rollup_sum
from deskhand.infrastructure.storage.tables import rollup_state as state_table
from deskhand.infrastructure.typed_json import codec
from deskhand.measurement.entries import KINDS, Fold, Open, with_returns
from deskhand.measurement.entry import Entry
from deskhand.measurement.returns import Contact, Places
from deskhand.measurement.sums import By, Sums, add, came, closed, groups

NAME, BASELINE = "tickets", "baseline"  # rows of `rollup_state`
PART = 1_000  # entries that are read at a time where all are
LINES, TICKETS = 2_000, 5_000  # in one transaction: lines of the journal, and tickets where all are folded anew
CAME, CLOSED, MATURE = "came", "closed", "closed mature"
MONTHLY = ", by month"  # the same sums once more, so that years are read as quickly as days
ALL = ""
ENTRY = sa.type_coerce(rollup_entry.c.body, Typed(Entry))
CONTACT = sa.type_coerce(rollup_contact.c.body, Typed(Contact))
Key = tuple[str, str, str, str]  # cohort, by, day, name


@dataclass(frozen=True)
class State:
    """Everything up to the line `upto` is counted; `building`: the ticket up to which all were folded anew, None once
    they are. `generation` goes up with every change."""

    stamp: str
    upto: int
    building: str | None
    generation: int


@dataclass(frozen=True)
class Change:
    """What taking in some tickets comes to: the rows that go, those that come, and by how much sums change."""

    tickets: Sequence[str]
    gone: Sequence[Entry]
    new: Sequence[Entry]
    contacts: Sequence[Contact]
    sums: dict[Key, Sums] = field(default_factory=dict)


class RollUps:
    """`stamp` says by which definitions and settings tickets are counted: when it is another one, everything is counted
    anew. `window`: within which a return counts; `open_between`: how long the office was open."""

    def __init__(self, database: sa.Engine, stamp: str, window: timedelta, open_between: Open | None = None) -> None:
        self.database, self.stamp, self.window, self.open_between = database, stamp, window, open_between

    def state(self) -> State | None:
        """None while nothing was ever counted, or by other definitions."""
        with self.database.connect() as connection:
            found = _state(connection)
        return found if found and found.stamp == self.stamp else None

    def rebuild(self) -> None:
        """Forget everything that was counted; `absorb` counts it again."""
        with exclusive(self.database) as connection:
            known = _state(connection)
            for table in (rollup_entry, rollup_party, rollup_contact, rollup_sum):
                connection.execute(sa.delete(table))
            row = {"stamp": self.stamp, "upto": journal_of.newest_number(connection), "building": ""}
            row |= {"generation": (known.generation if known else 0) + 1}
            made = insert(connection, state_table).values(name=NAME, **row)
            connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=row))

    def absorb(self, lines: int = LINES, tickets: int = TICKETS) -> bool:
        """Take in the next part of the journal, in one transaction. Whether there is more; when another process took
        the same part in meanwhile, nothing is written."""
        state = self.state()
        if state is None:
            self.rebuild()
            return True
        with self.database.connect() as connection:
            if state.building is not None:
                wanted = sa.select(journal.c.ticket).where(journal.c.ticket > state.building).distinct()
                names = list(connection.scalars(wanted.order_by(journal.c.ticket).limit(tickets)))
                upto, building = state.upto, names[-1] if len(names) == tickets else None
            else:
                upto = min(state.upto + lines, journal_of.newest_number(connection))
                wanted = sa.select(journal.c.ticket).where(journal.c.seq > state.upto, journal.c.seq <= upto)
                names = sorted(set(connection.scalars(wanted.where(journal.c.kind.in_(KINDS)))) - {""})
                building = None
                if upto == state.upto:
                    return False
            change = self._change(connection, names, upto)
        self._write(state, change, upto, building)
        return True

    def catch_up(self, most: int) -> bool:
        """Take in at most so many parts; whether everything is counted then."""
        return any(not self.absorb() for _ in range(most))

    def _change(self, connection: sa.Connection, names: Sequence[str], upto: int) -> Change:
        folds = {name: Fold(name) for name in names}
        for line in _lines(connection, names, upto):
            folds[line.ticket].take(line)
        contacts = [one for fold in folds.values() for one in fold.ledger.contacts]
        known_contacts = _contacts(connection, rollup_contact.c.ticket, names)
        before = list(_entries(connection, names))
        others = self._others(connection, set(contacts) ^ set(known_contacts), set(names))
        gone = {(one.ticket, one.number): one for one in (*before, *others)}
        fresh = [entry for fold in folds.values() for entry in fold.entries(self.open_between)]
        places = Places(self._around(connection, [*fresh, *others], contacts, set(names), others))
        new = {(one.ticket, one.number): with_returns(one, places, self.window) for one in (*fresh, *others)}
        change = Change(
            tickets=names,
            gone=[one for key, one in gone.items() if new.get(key) != one],
            new=[one for key, one in new.items() if gone.get(key) != one],
            contacts=contacts,
        )
        for times, entries in ((-1, change.gone), (1, change.new)):
            for entry in entries:
                for key, part in parts(entry, self.window):
                    add(change.sums.setdefault(key, {}), part, times)
        return change

    def _others(self, connection: sa.Connection, changed: set[Contact], names: set[str]) -> list[Entry]:
        """Entries of other tickets that these contacts may be returns to."""
        first: dict[str, datetime] = {}
        for one in changed:
            if one.customer:
                first[one.customer] = min(first.get(one.customer, one.at), one.at)
        found: set[str] = set()
        for some in _some(first):
            wanted = sa.select(rollup_party).where(rollup_party.c.customer.in_(some))
            for row in connection.execute(wanted.where(rollup_party.c.until > min(first[one] for one in some))):
                if row.until > first[row.customer] and row.ticket not in names:
                    found.add(row.ticket)
        return list(_entries(connection, sorted(found)))

    def _around(
        self,
        connection: sa.Connection,
        entries: Collection[Entry],
        fresh: Iterable[Contact],
        names: set[str],
        others: Iterable[Entry],
    ) -> set[Contact]:
        """All contacts that may be returns to these entries."""
        ended = [one for one in entries if one.closed_at or one.followed_up_at]
        found = set(fresh)
        found.update(_contacts(connection, rollup_contact.c.ticket, sorted({one.ticket for one in others})))
        customers = sorted({customer for one in ended for customer in one.customers})
        since = min((at for one in ended for at in (one.closed_at, one.followed_up_at) if at), default=None)
        if since:
            found.update(
                one
                for one in _contacts(connection, rollup_contact.c.customer, customers, since)
                if one.ticket not in names
            )
        return found

    def _write(self, state: State, change: Change, upto: int, building: str | None) -> None:
        with self.database.begin() as connection:
            held = sa.update(state_table).where(
                state_table.c.name == NAME, state_table.c.generation == state.generation
            )
            row = {"upto": upto, "building": building, "generation": state.generation + 1}
            if not connection.execute(held.values(**row)).rowcount:
                return
            for some in _some(change.tickets):
                connection.execute(sa.delete(rollup_contact).where(rollup_contact.c.ticket.in_(some)))
            self._put_entries(connection, change)
            if change.contacts:
                connection.execute(sa.insert(rollup_contact), list(_placed(change.contacts)))
            _put_sums(connection, change.sums)

    def _put_entries(self, connection: sa.Connection, change: Change) -> None:
        for gone in change.gone:
            connection.execute(
                sa.delete(rollup_entry).where(
                    rollup_entry.c.ticket == gone.ticket, rollup_entry.c.number == gone.number
                )
            )
        rows = [
            {"ticket": one.ticket, "number": one.number, "came_at": one.came_at, "closed_at": one.closed_at}
            | {"counted": not one.left_out, "body": codec(Entry).dump(one)}
            for one in change.new
        ]
        if rows:
            connection.execute(sa.insert(rollup_entry), rows)
        touched = {one.ticket for one in (*change.gone, *change.new)}
        until: dict[tuple[str, str], datetime] = {}
        for some in _some(sorted(touched)):
            connection.execute(sa.delete(rollup_party).where(rollup_party.c.ticket.in_(some)))
        for one in _entries(connection, sorted(touched)):
            ends = max((at for at in (one.closed_at, one.followed_up_at) if at), default=None)
            for customer in one.customers if ends else ():
                assert ends is not None
                key = (customer, one.ticket)
                until[key] = max(until.get(key, ends + self.window), ends + self.window)
        parties = [{"customer": who, "ticket": ticket, "until": at} for (who, ticket), at in until.items()]
        if parties:
            connection.execute(sa.insert(rollup_party), parties)

    # -- what is read ---------------------------------------------------------------------------------

    def came(self, since: str, until: str, by: By | None = None, name: str = ALL) -> Sums:
        """Of the tickets that came up on these days (UTC), both included."""
        return self._total(CAME, since, until, by, name)

    def closed(self, since: str, until: str, now: datetime, by: By | None = None, name: str = ALL) -> Sums:
        """Of those that closed on these days. On the day on which windows end now, tickets are looked at one by one."""
        border = (now - self.window).date().isoformat()
        found = self._total(MATURE, since, min(until, _day_before(border)), by, name)
        add(found, self._total(CLOSED, max(since, _day_after(border)), until, by, name))
        if since <= border <= until:
            for one in self._closed_on(border):
                if by is None or name in groups(one, by):
                    add(found, closed(one, self.window, mature=one.mature(now, self.window)))
        return found

    def apart(self, since: str, until: str, now: datetime, by: By) -> dict[str, Sums]:
        """Of both, by group: sums of the tickets that came, and of those that closed, in one."""
        found: dict[str, Sums] = defaultdict(dict)
        border = (now - self.window).date().isoformat()
        spans = [(CAME, since, until), (MATURE, since, min(until, _day_before(border)))]
        for cohort, first, last in (*spans, (CLOSED, max(since, _day_after(border)), until)):
            for _, name, part in self._rows(cohort, first, last, by):
                add(found[name], part)
        if since <= border <= until:
            for one in self._closed_on(border):
                for name in groups(one, by):
                    add(found[name], closed(one, self.window, mature=one.mature(now, self.window)))
        return dict(found)

    def by_day(self, cohort: str, since: str, until: str, by: By | None, name: str) -> dict[str, Sums]:
        table = rollup_sum.c
        wanted = sa.select(rollup_sum).where(
            table.cohort == cohort, table.by == str(by or ALL), table.day.between(since, until), table.name == name
        )
        with self.database.connect() as connection:
            return {row.day: json.loads(row.body) for row in connection.execute(wanted)}

    def entries(
        self, since: str, until: str, *, closed: bool, after: tuple[datetime, str] | None, limit: int
    ) -> list[Entry]:
        """Of these days, the newest first; behind that time and ticket where they are given."""
        at = rollup_entry.c.closed_at if closed else rollup_entry.c.came_at
        wanted = sa.select(ENTRY).where(*_within(at, since, until), rollup_entry.c.counted)
        if after:
            wanted = wanted.where(sa.or_(at < after[0], sa.and_(at == after[0], rollup_entry.c.ticket < after[1])))
        with self.database.connect() as connection:
            return list(connection.scalars(wanted.order_by(at.desc(), rollup_entry.c.ticket.desc()).limit(limit)))

    def open_since(self, before: datetime) -> int:
        """How many tickets that came up before then are open."""
        wanted = sa.select(sa.func.count()).select_from(rollup_entry)
        still = (rollup_entry.c.closed_at.is_(None), rollup_entry.c.came_at < before, rollup_entry.c.counted)
        wanted = wanted.where(*still)
        with self.database.connect() as connection:
            return int(connection.scalar(wanted) or 0)

    def first_day(self) -> str | None:
        with self.database.connect() as connection:
            first = sa.select(sa.func.min(rollup_sum.c.day)).where(rollup_sum.c.by == ALL)
            found: str | None = connection.scalar(first.where(rollup_sum.c.cohort.in_([CAME, CLOSED])))
            return found

    def behind(self) -> int:
        """How many lines of the journal are not counted yet."""
        state = self.state()
        with self.database.connect() as connection:
            newest = journal_of.newest_number(connection)
        return newest if state is None or state.building is not None else newest - state.upto

    def every(self) -> Iterator[Entry]:
        """All entries that are tickets."""
        with self.database.connect() as connection:
            yield from connection.scalars(sa.select(ENTRY).where(rollup_entry.c.counted))

    def in_order(self, since: date, until: date) -> Iterator[Entry]:
        """All entries that came up on these days (UTC), the oldest first, those that are no tickets among them; read
        part by part."""
        row = rollup_entry.c
        days = _within(row.came_at, since.isoformat(), until.isoformat())
        place = sa.tuple_(row.came_at, row.ticket, row.number)
        wanted = sa.select(ENTRY).where(*days).order_by(row.came_at, row.ticket, row.number).limit(PART)
        part: Sequence[Entry] = ()
        while True:
            after = (part[-1].came_at, part[-1].ticket, part[-1].number) if part else None
            behind = [place > sa.tuple_(*_bound(after))] if after else []
            with self.database.connect() as connection:
                part = connection.scalars(wanted.where(*behind)).all()
            yield from part
            if len(part) < PART:
                return

    def endings(self) -> Iterator[list[JournalLine]]:
        """The lines about messages that ended, all of some tickets at a time; by ticket, in order within each."""
        wanted = sa.select(rollup_entry.c.ticket).distinct().order_by(rollup_entry.c.ticket).limit(400)
        after = ""
        while True:
            with self.database.connect() as connection:
                names = list(connection.scalars(wanted.where(rollup_entry.c.ticket > after)))
                lines = list(_lines(connection, names, journal_of.newest_number(connection), ["message.ended"]))
            yield lines
            if len(names) < 400:
                return
            after = names[-1]

    def baseline(self) -> Sums:
        """What imported tickets come to, as it was counted last."""
        with self.database.connect() as connection:
            body = connection.scalar(sa.select(state_table.c.body).where(state_table.c.name == BASELINE))
        found: Sums = json.loads(body or "{}")
        return found

    def baseline_stamp(self) -> str:
        with self.database.connect() as connection:
            return connection.scalar(sa.select(state_table.c.stamp).where(state_table.c.name == BASELINE)) or ""

    def keep_baseline(self, stamp: str, body: str) -> None:
        row = {"stamp": stamp, "upto": 0, "building": None, "generation": 0, "body": body}
        with self.database.begin() as connection:
            made = insert(connection, state_table).values(name=BASELINE, **row)
            connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=row))

    def _closed_on(self, day: str) -> list[Entry]:
        at = rollup_entry.c.closed_at
        with self.database.connect() as connection:
            return list(connection.scalars(sa.select(ENTRY).where(*_within(at, day, day))))

    def _total(self, cohort: str, since: str, until: str, by: By | None, name: str) -> Sums:
        found: Sums = {}
        for _, _, part in self._rows(cohort, since, until, by, name):
            add(found, part)
        return found

    def _rows(
        self, cohort: str, since: str, until: str, by: By | None, name: str | None = None
    ) -> Iterator[tuple[str, str, Sums]]:
        """Of whole months where the period has some, else of days; each with its day or month, and its group."""
        table = rollup_sum.c
        with self.database.connect() as connection:
            for which, first, last in _spans(cohort, since, until):
                wanted = sa.select(rollup_sum).where(
                    table.cohort == which, table.by == str(by or ALL), table.day.between(first, last)
                )
                for row in connection.execute(wanted if name is None else wanted.where(table.name == name)):
                    yield row.day, row.name, json.loads(row.body)


def parts(entry: Entry, window: timedelta) -> Iterator[tuple[Key, Sums]]:
    """Which sums an entry is part of, and what it brings to each."""
    of = [(ALL, ALL), *((str(by), name) for by in By for name in groups(entry, by))]
    found = [(CAME, entry.came_at, came(entry))]
    if entry.closed_at and not entry.left_out:
        found.append((CLOSED, entry.closed_at, closed(entry, window, mature=False)))
        found.append((MATURE, entry.closed_at, closed(entry, window, mature=True)))
    for cohort, at, part in found:
        for by, name in of:
            day = at.date().isoformat()
            yield (cohort, by, day, name), part
            yield (f"{cohort}{MONTHLY}", by, day[:7], name), part


def _some(names: Iterable[str], size: int = 400) -> Iterator[tuple[str, ...]]:
    """As many at a time as one statement may hold."""
    left = iter(names)
    while part := tuple(islice(left, size)):
        yield part


def _state(connection: sa.Connection) -> State | None:
    row = connection.execute(sa.select(state_table).where(state_table.c.name == NAME)).one_or_none()
    return None if row is None else State(row.stamp, row.upto, row.building, row.generation)


def _bound(after: tuple[datetime, str, int]) -> "list[sa.BindParameter[Any]]":
    columns = (rollup_entry.c.came_at, rollup_entry.c.ticket, rollup_entry.c.number)
    return [sa.literal(value, column.type) for value, column in zip(after, columns, strict=True)]


def _lines(
    connection: sa.Connection, names: Sequence[str], upto: int, kinds: Collection[str] = KINDS
) -> Iterator[JournalLine]:
    for some in _some(names):
        wanted = sa.select(journal).where(journal.c.ticket.in_(some), journal.c.seq <= upto, journal.c.kind.in_(kinds))
        yield from read(connection, connection.execute(wanted.order_by(journal.c.ticket, journal.c.seq)))


def _entries(connection: sa.Connection, names: Sequence[str]) -> Iterator[Entry]:
    for some in _some(names):
        yield from connection.scalars(sa.select(ENTRY).where(rollup_entry.c.ticket.in_(some)))


def _contacts(
    connection: sa.Connection, column: "sa.Column[str]", names: Sequence[str], since: datetime | None = None
) -> Iterator[Contact]:
    for some in _some(names):
        wanted = sa.select(CONTACT).where(column.in_(some))
        yield from connection.scalars(wanted if since is None else wanted.where(rollup_contact.c.at >= since))


def _placed(contacts: Iterable[Contact]) -> Iterator[dict[str, object]]:
    count: dict[str, int] = defaultdict(int)
    for one in contacts:
        count[one.ticket] += 1
        yield {
            "ticket": one.ticket,
            "place": count[one.ticket],
            "customer": one.customer,
            "at": one.at,
            "body": codec(Contact).dump(one),
        }


def _put_sums(connection: sa.Connection, changed: dict[Key, Sums]) -> None:
    table = rollup_sum.c
    places: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for cohort, by, day, name in (key for key, part in changed.items() if part):
        places[cohort, by, day].add(name)
    for (cohort, by, day), names in places.items():
        here = (table.cohort == cohort, table.by == by, table.day == day)
        known = {row.name: json.loads(row.body) for row in connection.execute(sa.select(rollup_sum).where(*here))}
        rows = []
        for name in sorted(names):
            whole = known.get(name, {})
            add(whole, changed[cohort, by, day, name])
            if whole:
                body = json.dumps(whole, sort_keys=True, separators=(",", ":"))
                rows.append({"cohort": cohort, "by": by, "day": day, "name": name, "body": body})
        connection.execute(sa.delete(rollup_sum).where(*here, table.name.in_(names)))
        if rows:
            connection.execute(sa.insert(rollup_sum), rows)


def _within(at: "sa.Column[datetime]", since: str, until: str) -> tuple["sa.ColumnElement[bool]", ...]:
    """On these days (UTC), both included."""
    first, last = (datetime.fromisoformat(f"{day}T00:00:00+00:00") for day in (since, until))
    return at >= first, at < last + timedelta(days=1)


def _spans(cohort: str, since: str, until: str) -> Iterator[tuple[str, str, str]]:
    """Cohort, first and last of what makes this period up: days up to a month's first, whole months, days."""
    if since > until:
        return
    begin = since[:7] if since.endswith("-01") else _month_after(since)
    end = until[:7] if _day_after(until).endswith("-01") else _month_before(until)
    if begin > end:
        yield cohort, since, until
        return
    yield f"{cohort}{MONTHLY}", begin, end
    if since < f"{begin}-01":
        yield cohort, since, _day_before(f"{begin}-01")
    if until >= (after := f"{_month_after(f'{end}-01')}-01"):
        yield cohort, after, until


def _month_after(day: str) -> str:
    return (date.fromisoformat(f"{day[:7]}-01") + timedelta(days=31)).isoformat()[:7]


def _month_before(day: str) -> str:
    return _day_before(f"{day[:7]}-01")[:7]


def _day_before(day: str) -> str:
    return (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()


def _day_after(day: str) -> str:
    return (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()
