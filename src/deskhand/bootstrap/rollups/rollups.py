"""Roll-ups of one desk: counted, and read."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from deskhand.bootstrap.rollups import first, upkeep
from deskhand.bootstrap.rollups.customers import CHURN, ripe_on
from deskhand.bootstrap.rollups.parts import ALL, CAME, CLOSED, MATURE, groups_of
from deskhand.bootstrap.rollups.periods import day_after, day_before, spans
from deskhand.bootstrap.rollups.rows import ENTRY, NAME, State, lines, moved, sums_of_days, within
from deskhand.bootstrap.rollups.rows import state as state_of
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage.database import exclusive, insert
from deskhand.infrastructure.storage.tables.rollups import (
    rollup_contact,
    rollup_customer,
    rollup_entry,
    rollup_party,
    rollup_sum,
)
from deskhand.infrastructure.storage.tables.rollups import rollup_state as state_table
from deskhand.measurement.churn import SPAN
from deskhand.measurement.entries import Open
from deskhand.measurement.entry import Entry
from deskhand.measurement.sums import By, Sums, add, closed

BASELINE = "baseline"  # of the row of `rollup_state` with imported history
PART = 1_000  # entries that are read at a time where all are
LINES = 2_000  # of the journal, in one transaction
COUNTED = (rollup_entry, rollup_party, rollup_contact, rollup_customer, rollup_sum)
Groups = dict[tuple[str, str], Sums]  # by what, and the group's name


class RollUps:
    """`stamp` says by which definitions and settings tickets are counted: when it is another one, everything is counted
    anew. `window`: within which a return counts; `open_between`: how long the office was open."""

    def __init__(self, database: sa.Engine, stamp: str, window: timedelta, open_between: Open | None = None) -> None:
        self.database, self.stamp, self.window, self.open_between = database, stamp, window, open_between
        self._looked_at: tuple[int, datetime, Groups] | None = None

    def state(self) -> State | None:
        """None while nothing was ever counted, or by other definitions."""
        with self.database.connect() as connection:
            found = state_of(connection)
        return found if found and found.stamp == self.stamp else None

    def rebuild(self) -> None:
        """Forget everything that was counted; `absorb` counts it again."""
        with exclusive(self.database) as connection:
            known = state_of(connection)
            for table in COUNTED:
                connection.execute(sa.delete(table))
            row = {"stamp": self.stamp, "upto": journal_of.newest_number(connection), "building": first.BEGIN}
            row |= {"generation": (known.generation if known else 0) + 1}
            made = insert(connection, state_table).values(name=NAME, **row)
            connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=row))

    def absorb(self, most: int | None = None) -> bool:
        """Take in the next part of the journal, in one transaction. Whether there is more; when another process took
        the same part in meanwhile, nothing is written. `most`: lines that are a part, and entries where all is counted
        anew."""
        state = self.state()
        if state is None:
            self.rebuild()
            return True
        if state.building is not None:
            self._build(state, most)
            return True
        with self.database.connect() as connection:
            upto = min(state.upto + (most or LINES), journal_of.newest_number(connection))
            if upto == state.upto:
                return False
            change = upkeep.change(connection, state.upto, upto, self.window, self.open_between)
        with self.database.begin() as connection:
            if moved(connection, state, upto, None):
                upkeep.write(connection, change, self.window)
        return True

    def _build(self, state: State, most: int | None) -> None:
        """The next part that takes some time; those that take none are gone through at once."""
        size = (most, most) if most else (first.LINES, first.ENTRIES)
        counting = first.FirstCounting(state.upto, self.window, self.open_between, *size)
        while state.building is not None:
            with self.database.connect() as connection:
                part = counting.part(connection, state.building)
            with self.database.begin() as connection:
                if not moved(connection, state, state.upto, part.then):
                    return
                counting.write(connection, part)
            if part.long:
                return
            state = State(state.stamp, state.upto, part.then, state.generation + 1)

    def catch_up(self, most: int) -> bool:
        """Take in at most so many parts; whether everything is counted then."""
        return any(not self.absorb() for _ in range(most))

    # -- what is read ---------------------------------------------------------------------------------

    def came(self, since: str, until: str, by: By | None = None, name: str = ALL) -> Sums:
        """Of the tickets that came up on these days (UTC), both included."""
        return self._total(CAME, since, until, by, name)

    def closed(self, since: str, until: str, now: datetime, by: By | None = None, name: str = ALL) -> Sums:
        """Of those that closed on these days. On the day on which windows end now, tickets are looked at one by one."""
        border = self._border(now)
        found = self._total(MATURE, since, min(until, day_before(border)), by, name)
        add(found, self._total(CLOSED, max(since, day_after(border)), until, by, name))
        if since <= border <= until:
            add(found, self._on_the_border(now).get((str(by or ALL), name), {}))
        return found

    def apart(self, since: str, until: str, now: datetime, by: By) -> dict[str, Sums]:
        """Of both, by group: sums of the tickets that came, and of those that closed, in one."""
        found: dict[str, Sums] = defaultdict(dict)
        border = self._border(now)
        parts = [(CAME, since, until), (MATURE, since, min(until, day_before(border)))]
        for cohort, first_day, last in (*parts, (CLOSED, max(since, day_after(border)), until)):
            for _, name, part in self._rows(cohort, first_day, last, by):
                add(found[name], part)
        if since <= border <= until:
            for (which, name), part in self._on_the_border(now).items():
                if which == by:
                    add(found[name], part)
        return dict(found)

    def by_day(self, since: str, until: str, now: datetime, by: By | None, name: str) -> dict[str, Sums]:
        """Of both, by day: of the tickets that came on it, and of those that closed on it."""
        border, found = self._border(now), dict[str, Sums]()
        parts = [(CAME, since, until), (MATURE, since, min(until, day_before(border)))]
        with self.database.connect() as connection:
            for cohort, first_day, last in (*parts, (CLOSED, max(since, day_after(border)), until)):
                for key, part in sums_of_days(connection, cohort, str(by or ALL), first_day, last, name):
                    add(found.setdefault(key[2], {}), part)
        if since <= border <= until:
            add(found.setdefault(border, {}), self._on_the_border(now).get((str(by or ALL), name), {}))
        return {day: part for day, part in found.items() if part}

    def churn(self, now: datetime) -> Sums:
        """Of the customers whose 90 days are over: who left, by the group that they were assigned to."""
        border = (now - SPAN).date().isoformat()
        with self.database.connect() as connection:
            found = ripe_on(connection, border, now)
            first_one = sa.select(sa.func.min(rollup_sum.c.day)).where(rollup_sum.c.cohort == CHURN)
            begin = connection.scalar(first_one)
        if begin is not None:
            add(found, self._total(CHURN, begin, day_before(border), None, ALL))
        return found

    def entries(
        self, since: str, until: str, *, closed: bool, after: tuple[datetime, str] | None, limit: int
    ) -> list[Entry]:
        """Of these days, the newest first; behind that time and ticket where they are given."""
        at = rollup_entry.c.closed_at if closed else rollup_entry.c.came_at
        wanted = sa.select(ENTRY).where(*within(at, since, until), rollup_entry.c.counted)
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
        days = within(row.came_at, since.isoformat(), until.isoformat())
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
                found = list(lines(connection, names, journal_of.newest_number(connection), ["message.ended"]))
            yield found
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

    def _border(self, now: datetime) -> str:
        """The day of which some tickets are mature now, and some are not."""
        return (now - self.window).date().isoformat()

    def _on_the_border(self, now: datetime) -> Groups:
        """The tickets that closed on that day, looked at one by one: once for all that is asked at this moment."""
        state, known = self.state(), self._looked_at
        generation = state.generation if state else 0
        if known and known[:2] == (generation, now):
            return known[2]
        found: Groups = {}
        day = self._border(now)
        with self.database.connect() as connection:
            for one in connection.scalars(sa.select(ENTRY).where(*within(rollup_entry.c.closed_at, day, day))):
                part = closed(one, self.window, mature=one.mature(now, self.window))
                for group in groups_of(one) if part else ():
                    add(found.setdefault(group, {}), part)
        self._looked_at = (generation, now, found)
        return found

    def _total(self, cohort: str, since: str, until: str, by: By | None, name: str) -> Sums:
        found: Sums = {}
        for _, _, part in self._rows(cohort, since, until, by, name):
            add(found, part)
        return found

    def _rows(
        self, cohort: str, since: str, until: str, by: By | None, name: str | None = None
    ) -> Iterator[tuple[str, str, Sums]]:
        """Of whole months where the period has some, else of days; each with its day or month, and its group."""
        with self.database.connect() as connection:
            for which, first_day, last in spans(cohort, since, until):
                for key, part in sums_of_days(connection, which, str(by or ALL), first_day, last, name):
                    yield key[2], key[3], part


def _bound(after: tuple[datetime, str, int]) -> "list[sa.BindParameter[Any]]":
    columns = (rollup_entry.c.came_at, rollup_entry.c.ticket, rollup_entry.c.number)
    return [sa.literal(value, column.type) for value, column in zip(after, columns, strict=True)]
