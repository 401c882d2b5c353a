"""When the office is open: by the clock on its own wall, whatever summer time does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
DAY = 24 * 60


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

    def _local(self, now: datetime) -> datetime:
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone")
        return now.astimezone(self.zone)

    def _spans(self, day: date) -> tuple[Span, ...]:
        return () if day in self.closed else self.hours.get(day.weekday(), ())
