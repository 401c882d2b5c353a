"""Hours and closed dates as `desk.toml` says them."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from deskhand.domain.calendar import DAYS, Calendar, Span
from deskhand.settings.strict import Strict


def _zone(name: str) -> str:
    if name not in available_timezones():
        why = "is no time zone such as Europe/Berlin, or this machine has no table of them: install tzdata"
        raise ValueError(f"{name!r} {why}")
    return name


def _span(text: str) -> str:
    Span.parse(text)  # its ValueError says how one is written
    return text


Spans = list[Annotated[str, AfterValidator(_span)]]


class HoursTable(Strict):
    """When the office is open, as `["09:00-12:00", "13:00-17:30"]`; a day that is left out is closed."""

    monday: Spans = Field(default_factory=list)
    tuesday: Spans = Field(default_factory=list)
    wednesday: Spans = Field(default_factory=list)
    thursday: Spans = Field(default_factory=list)
    friday: Spans = Field(default_factory=list)
    saturday: Spans = Field(default_factory=list)
    sunday: Spans = Field(default_factory=list)

    @property
    def spans(self) -> dict[int, tuple[Span, ...]]:
        """By day; 0 is Monday."""
        return {day: tuple(map(Span.parse, getattr(self, name))) for day, name in enumerate(DAYS)}


class CalendarTable(Strict):
    """The office's hours in its own time zone, and the dates on which it does not open."""

    zone: Annotated[str, AfterValidator(_zone)]
    hours: HoursTable
    closed: list[date] = Field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        return Calendar(ZoneInfo(self.zone), self.hours.spans, frozenset(self.closed))
