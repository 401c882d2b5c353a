"""The first counting of a whole journal, in phases, each in parts of one transaction.

Tickets are folded in the order in which they began, so that what is written together lies together. Then the sums of
each day are written once, and those of months are added up from days. Where it stands is kept as the name of a phase
and the place that was reached in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.rollups import customers
from deskhand.bootstrap.rollups.parts import ALL, CAME, CLOSED, MATURE, Key, came_parts, closed_parts, monthly
from deskhand.bootstrap.rollups.periods import DAY, day_after, first_moment, month_after
from deskhand.bootstrap.rollups.returns import around
from deskhand.bootstrap.rollups.rows import (
    ENTRY,
    change_sums,
    folded,
    put_contacts,
    put_entries,
    put_parties,
    put_returns,
    put_sums,
    some,
    sums_of_days,
)
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.rollups import rollup_entry, rollup_sum
from deskhand.measurement.entries import Open, with_returns
from deskhand.measurement.entry import Entry
from deskhand.measurement.returns import Contact, Places
from deskhand.measurement.sums import By, Sums, add

FOLD, BY_CAME, BY_CLOSED, MONTHS, CUSTOMERS = "fold", "came", "closed", "months", "customers"
BEGIN, FIRST_DAY = f"{FOLD} 0", "0001-01-01"
LINES, ENTRIES = 10_000, 5_000  # in one part: lines that are looked through for tickets that begin, and entries
AT_ONCE = 1_000  # entries in memory at a time


@dataclass(frozen=True)
class Part:
    """`then`: where the next part begins, None when all is counted. `long`: it took some time. `back`: entries of
    which is known by now whether their customers came back; `names`: of customers to be looked at."""

    then: str | None
    long: bool
    entries: Sequence[Entry] = ()
    contacts: Sequence[Contact] = ()
    back: Sequence[Entry] = ()
    sums: Mapping[Key, Sums] = field(default_factory=dict)
    names: Sequence[str] = ()
    left: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstCounting:
    """Of the lines of the journal up to `upto`. `lines` and `entries`: how much is done in one part."""

    upto: int
    window: timedelta
    open_between: Open | None = None
    lines: int = LINES
    entries: int = ENTRIES

    def part(self, connection: sa.Connection, place: str) -> Part:
        """What is counted next from there. Nothing is written."""
        phase, _, reached = place.partition(" ")
        match phase:
            case "fold":
                return self._fold(connection, int(reached))
            case "came":
                return self._by_came(connection, reached)
            case "closed":
                return self._by_closed(connection, reached)
            case "months":
                return self._month(connection, reached)
            case _:
                return self._customers(connection, reached)

    def write(self, connection: sa.Connection, part: Part) -> None:
        put_contacts(connection, part.contacts)
        put_entries(connection, part.entries)
        put_parties(connection, part.entries, self.window)
        put_returns(connection, part.back)
        put_sums(connection, part.sums)
        if part.names or part.left:
            change_sums(connection, customers.look_again(connection, part.names, part.left))

    def _fold(self, connection: sa.Connection, after: int) -> Part:
        last = min(after + self.lines, self.upto)
        folds = folded(connection, _begun(connection, after, last), self.upto).values()
        entries = [entry for fold in folds for entry in fold.entries(self.open_between)]
        contacts = [contact for fold in folds for contact in fold.ledger.contacts]
        if last < self.upto:
            return Part(f"{FOLD} {last}", long=True, entries=entries, contacts=contacts)
        return Part(f"{BY_CAME} {FIRST_DAY}", long=False, entries=entries, contacts=contacts)

    def _by_came(self, connection: sa.Connection, since: str) -> Part:
        """Who came back is known once all tickets are folded; what is counted by the day they came needs it."""
        last = self._last_day(connection, rollup_entry.c.came_at, since)
        back, found = [], dict[Key, Sums]()
        for entries in _stretch(connection, rollup_entry.c.came_at, since, last):
            places = Places(around(connection, entries, self.window))
            for one in entries:
                entry = with_returns(one, places, self.window)
                if entry is not one:
                    back.append(entry)
                for key, part in came_parts(entry):
                    add(found.setdefault(key, {}), part)
        return Part(_then(BY_CAME, last, f"{BY_CLOSED} {FIRST_DAY}"), last is not None, back=back, sums=found)

    def _by_closed(self, connection: sa.Connection, since: str) -> Part:
        last, found = self._last_day(connection, rollup_entry.c.closed_at, since), dict[Key, Sums]()
        for entries in _stretch(connection, rollup_entry.c.closed_at, since, last):
            for one in entries:
                for key, part in closed_parts(one, self.window):
                    add(found.setdefault(key, {}), part)
        return Part(_then(BY_CLOSED, last, f"{MONTHS} {FIRST_DAY}"), last is not None, sums=found)

    def _month(self, connection: sa.Connection, since: str) -> Part:
        row, cohorts = rollup_sum.c, (CAME, CLOSED, MATURE)
        next_one = sa.select(sa.func.min(row.day)).where(row.cohort.in_(cohorts), row.by == ALL, row.day >= since)
        if (day := connection.scalar(next_one)) is None:
            return Part(f"{CUSTOMERS} ", long=False)
        after, found, count = f"{month_after(day)}-01", dict[Key, Sums](), 0
        for cohort in cohorts:
            for by in (ALL, *By):
                for key, part in sums_of_days(connection, cohort, by, day, f"{day[:7]}-31"):
                    add(found.setdefault(monthly(key), {}), part)
                    count += 1
        return Part(f"{MONTHS} {after}", count >= self.entries, sums=found)

    def _customers(self, connection: sa.Connection, after: str) -> Part:
        left = {} if after else customers.said_to_have_left(connection, 0, self.upto)
        names = customers.assigned(connection, after, self.entries)
        full = len(names) == self.entries
        return Part(f"{CUSTOMERS} {names[-1]}" if full else None, full, names=names, left=left)

    def _last_day(self, connection: sa.Connection, at: "sa.Column[datetime]", since: str) -> str | None:
        """That with the last entry of a part: no day is parted. None where a part is enough for all that are left."""
        wanted = sa.select(at).where(at >= first_moment(since)).order_by(at).offset(self.entries - 1).limit(1)
        found = connection.scalar(wanted)
        return found.date().isoformat() if found else None


def _then(phase: str, last: str | None, over: str) -> str:
    return over if last is None else f"{phase} {day_after(last)}"


def _begun(connection: sa.Connection, after: int, last: int) -> list[str]:
    """The tickets whose first line of all is one of these."""
    row = journal.c
    here = set(connection.scalars(sa.select(row.ticket).where(row.seq > after, row.seq <= last))) - {""}
    for few in some(sorted(here)):
        earlier = sa.select(row.ticket).where(row.ticket.in_(few), row.seq <= after).distinct()
        here -= set(connection.scalars(earlier))
    return sorted(here)


def _stretch(
    connection: sa.Connection, at: "sa.Column[datetime]", since: str, last: str | None
) -> Iterator[Sequence[Entry]]:
    """The entries of these days, some at a time."""
    wanted = sa.select(ENTRY).where(at >= first_moment(since)).order_by(at)
    if last is not None:
        wanted = wanted.where(at < first_moment(last) + DAY)
    yield from connection.execution_options(yield_per=AT_ONCE).scalars(wanted).partitions(AT_ONCE)
