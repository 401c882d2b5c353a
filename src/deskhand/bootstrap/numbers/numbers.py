"""A desk's numbers: every metric over a period, from roll-ups that are kept up with the journal."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.every import every
from deskhand.bootstrap.rollups import RollUps
from deskhand.bootstrap.storage.queries import open_journal
from deskhand.domain.digest import digest
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage.history import SqlHistory
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.measurement.baseline import baseline
from deskhand.measurement.entry import Entry
from deskhand.measurement.every_metric import measured
from deskhand.measurement.metric import VERSION, About, Metric, Value, When
from deskhand.measurement.outcome_figures import LONG, Outcomes, outcomes_of
from deskhand.measurement.sums import By, Cohort, Sums, add, groups, number
from deskhand.settings import Settings
from deskhand.understanding.courtesies import says_something

log = logging.getLogger(__name__)
FIRST, COHORT = date(1970, 1, 5), 28  # days that are looked at as one, counted from a Monday
EACH_ROUND = 500
LOOKED_AT = 5_000  # tickets that one page of those behind a figure is looked for in
EVERY = 60.0  # seconds between two rounds


@dataclass(frozen=True)
class Asked:
    """So many days with today (UTC), or with the day `ending`; all of them for 0. Of one group of tickets where `group`
    is named."""

    days: int
    by: By = By.PROCEDURE
    group: str = ""
    ending: date | None = None

    @property
    def of(self) -> By | None:
        return self.by if self.group else None


@dataclass(frozen=True)
class Numbers:
    """`outcomes` is of the whole desk, None where a group was asked for. `behind`: lines not counted yet, those behind
    the line `upto`."""

    values: Mapping[str, Value]
    outcomes: Outcomes | None
    since: date
    until: date
    upto: int
    behind: int
    open_over_30_days: int


class Counting:
    """`database` is the desk's own."""

    def __init__(self, settings: Settings, database: sa.Engine) -> None:
        table = settings.table
        self.window, self.costs, self._database = table.outcomes.window, table.costs.costs, database
        hours = table.calendar.calendar if table.calendar else None
        self.open_between = hours.open_between if hours else None
        told = table.calendar.model_dump(mode="json") if table.calendar else None
        stamp = digest([VERSION, self.window.total_seconds(), told])[:20]
        self.rollups = RollUps(database, stamp, self.window, self.open_between)

    def numbers(self, asked: Asked, now: datetime) -> Numbers:
        """Every metric, over what is counted by now."""
        since, until = self._period(asked, now)
        by, name = asked.of, asked.group
        sums = self.rollups.came(since, until, by, name)
        ended = self.rollups.closed(since, until, now, by, name)
        old = self.rollups.open_since(now - LONG)
        found = None
        if by is None:
            ever = sums if asked.days == 0 else self.rollups.came(self.rollups.first_day() or since, until)
            begin = None if asked.days == 0 else datetime.fromisoformat(f"{since}T00:00:00+00:00")
            found = outcomes_of(ever, ended, self.window, begin, old)
            add(sums, self.rollups.churn(now))
        whole = ended if by is None else self.rollups.closed(since, until, now)
        add(sums, ended)
        state = self.rollups.state()
        return Numbers(
            values=measured(sums, self._about(asked, since, until, now, whole)),
            outcomes=found,
            since=date.fromisoformat(since),
            until=date.fromisoformat(until),
            upto=state.upto if state and state.building is None else 0,
            behind=self.rollups.behind(),
            open_over_30_days=old,
        )

    def before(self) -> Mapping[str, Value]:
        """Every metric over imported tickets, from before the assistant; most have nothing to measure there."""
        sums = self.rollups.baseline()
        return measured(sums, About(0, number(sums, "closed"), self.costs))

    def apart(self, asked: Asked, now: datetime) -> dict[str, Mapping[str, Value]]:
        """Every metric by group, that with the most tickets first."""
        since, until = self._period(asked, now)
        found = self.rollups.apart(since, until, now, asked.by)
        whole = self.rollups.closed(since, until, now)
        days = self._days(since, until)
        about = About(days, number(whole, "closed"), self.costs)
        order = sorted(found, key=lambda name: (-number(found[name], "tickets"), name))
        return {name: measured(found[name], about) for name in order}

    def by_day(self, asked: Asked, now: datetime) -> dict[str, Mapping[str, Value]]:
        """Every metric by day, of tickets that came on it, and of those that closed on it."""
        since, until = self._period(asked, now)
        found = self.rollups.by_day(since, until, now, asked.of, asked.group)
        return {day: measured(part, About(1, number(part, "closed"), self.costs)) for day, part in found.items()}

    def tickets(
        self, metric: Metric, asked: Asked, now: datetime, after: tuple[datetime, str] | None, limit: int
    ) -> tuple[list[Entry], tuple[datetime, str] | None]:
        """Those behind a figure, the newest first; and where to go on, None at the end. So many tickets are looked at
        that nobody waits for long: a page may hold fewer than `limit`, and yet not be the last."""
        since, until = self._period(asked, now)
        found: list[Entry] = []
        when, ended, looked = When(now, self.window), metric.cohort is Cohort.CLOSED, 0
        while looked < LOOKED_AT:
            part = self.rollups.entries(since, until, closed=ended, after=after, limit=500)
            for one in part:
                looked += 1
                at = one.closed_at if ended else one.came_at
                assert at is not None
                after = (at, one.ticket)
                if (not asked.group or asked.group in groups(one, asked.by)) and metric.behind(one, when):
                    found.append(one)
                if len(found) == limit:
                    return found, after
            if len(part) < 500:
                return found, None
        return found, after

    def keep_up(self, parts: int = EACH_ROUND) -> bool:
        """Count what is new, at most so many parts; whether everything is."""
        self._keep_baseline()
        return self.rollups.catch_up(parts)

    def count_anew(self) -> Iterator[int]:
        """Everything from the journal; tells how many lines are left to count, part by part."""
        self.rollups.rebuild()
        while self.rollups.absorb():
            yield self.rollups.behind()

    def _period(self, asked: Asked, now: datetime) -> tuple[str, str]:
        until = asked.ending or now.date()
        if asked.days == 0:
            return self.rollups.first_day() or until.isoformat(), until.isoformat()
        return (until - timedelta(days=asked.days - 1)).isoformat(), until.isoformat()

    def _about(self, asked: Asked, since: str, until: str, now: datetime, whole: Sums) -> About:
        today = asked.ending + timedelta(days=1) if asked.ending else now.date()
        end = today - timedelta(days=(today - FIRST).days % COHORT)
        first, last = ((end - timedelta(days=days)).isoformat() for days in (COHORT, 1))
        cohort = self.rollups.closed(first, last, now, asked.of, asked.group)
        before = self.rollups.baseline() if asked.of is None else None
        return About(self._days(since, until), number(whole, "closed"), self.costs, cohort, before)

    def _days(self, since: str, until: str) -> float:
        return (date.fromisoformat(until) - date.fromisoformat(since)).days + 1

    def _keep_baseline(self) -> None:
        """Imported history, counted when it has changed."""
        with self._database.connect() as connection:
            stamp = SqlHistory(connection).stamp()
            first = journal_of.lines(connection, limit=1, kinds=["message.received"])
            if stamp == self.rollups.baseline_stamp():
                return
            past = baseline(SqlHistory(connection).all(), first[0].at if first else None, says_something)
        self.rollups.keep_baseline(stamp, json.dumps(past, sort_keys=True))


def counting(counting: Counting) -> AbstractContextManager[None]:
    """Keep roll-ups up with the journal beside all other work, until the block ends."""
    return every(EVERY, counting.keep_up, "counting tickets", at_once=True)


@contextmanager
def open_counting(settings: Settings) -> Iterator[Counting]:
    """The desk's numbers alone; no worker is started."""
    with open_journal(settings) as queries:
        set_up(queries.database)
        yield Counting(settings, queries.database)
