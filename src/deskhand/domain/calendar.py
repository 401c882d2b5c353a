"""When the office is open: by the clock on its own wall, whatever summer time does."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
DAY = 24 * 60
FAR = 400  # days: what opens no sooner is taken for never
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True)
class Span:
    """From one minute of the day up to another; past midnight when it ends before it starts."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "Span":
        """From "09:00-17:30", "22:00-02:00" or "18:00-24:00". ValueError for anything else."""
        match = SPAN.fullmatch(text)
        hours = [int(part) for part in match.groups()] if match else []
        if not hours or (start := hours[0] * 60 + hours[1]) == (end := hours[2] * 60 + hours[3]) or end > DAY:
            raise ValueError(f"{text!r} is no span of hours such as 09:00-17:30 or, past midnight, 22:00-02:00")
        return cls(start, end)

    @property
    def past_midnight(self) -> bool:
        return self.end < self.start

    def today(self, minute: int) -> bool:
        """Whether this minute of the day on which it starts is in it."""
        return self.start <= minute and (self.past_midnight or minute < self.end)

    def tomorrow(self, minute: int) -> bool:
        """Whether this minute of the day after is in it."""
        return self.past_midnight and minute < self.end


@dataclass(frozen=True)
class Calendar:
    """Weekly hours by day (0 is Monday), and dates on which nothing opens. A span belongs to the day it starts on: one
    past midnight runs on into a closed date, and none starts on one."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[Span, ...]]
    closed: frozenset[date] = field(default_factory=frozenset)

    def open(self, now: datetime) -> bool:
        """ValueError for a time without a zone."""
        local = self._local(now)
        today, minute = local.date(), local.hour * 60 + local.minute
        yesterday = today - timedelta(days=1)
        return any(span.today(minute) for span in self._spans(today)) or any(
            span.tomorrow(minute) for span in self._spans(yesterday)
        )

    def holiday(self, now: datetime) -> bool:
        """Whether today, at the office, is one of the closed dates."""
        return self._local(now).date() in self.closed

    def next_open(self, now: datetime) -> datetime | None:
        """`now` itself when it is open; None when it does not open within `FAR` days."""
        return next((start for start, _ in self._openings(now)), None)

    def after(self, now: datetime, working: timedelta) -> datetime | None:
        """The first moment by which it was open for so long since `now`; None when that is beyond `FAR` days."""
        if working <= timedelta():
            return now
        left = working
        for start, end in self._openings(now):
            if left <= end - start:
                return start + left
            left -= end - start
        return None

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How long it was open from one moment to the other. Only the first `FAR` days are looked at."""
        found = timedelta()
        for opens, closes in self._openings(start):
            if opens >= end:
                break
            found += min(closes, end.astimezone(UTC)) - opens
        return found

    def _openings(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When it is open from `now` on, in UTC, piece by piece; pieces may touch."""
        start = now.astimezone(UTC)
        for _ in range(FAR if any(self.hours.values()) else 0):
            end = start + A_DAY
            edges = [start, *sorted(one for one in self._edges(start, end) if start < one < end), end]
            for one, other in pairwise(edges):
                if self.open(one):
                    yield one, other
            start = end

    def _edges(self, start: datetime, end: datetime) -> set[datetime]:
        """Every moment between these two at which it may open or close: where a span begins or ends, and where the
        clock is put forward or back."""
        found: set[datetime] = set()
        day, last = self._local(start).date() - A_DAY, self._local(end).date()
        while day <= last:
            for span in self._spans(day):
                ends = DAY + span.end if span.past_midnight else span.end
                for minute in (span.start, ends):
                    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
                    found |= {wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
            day += A_DAY
        if self._local(start).utcoffset() != self._local(end).utcoffset():
            found.add(self._turn(start, end))
        return found

    def _turn(self, start: datetime, end: datetime) -> datetime:
        """When the clock is put forward or back between these two, to the second."""
        before = self._local(start).utcoffset()
        start = start.replace(microsecond=0)
        while end - start > A_SECOND:
            middle = start + (end - start) / 2
            middle = middle.replace(microsecond=0)
            start, end = (middle, end) if self._local(middle).utcoffset() == before else (start, middle)
        return end.replace(microsecond=0)

    def _local(self, now: datetime) -> datetime:
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone")
        return now.astimezone(self.zone)

    def _spans(self, day: date) -> tuple[Span, ...]:
        return () if day in self.closed else self.hours.get(day.weekday(), ())
