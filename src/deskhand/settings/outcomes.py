"""`[outcomes]`: when a ticket closes by itself, and how long a return counts against it."""

from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from deskhand.domain.calendar import Span
from deskhand.domain.closing import OTHER, QUIET, Closing
from deskhand.settings.strict import Strict


def _span(text: str) -> str:
    Span.parse(text)  # its ValueError says how one is written
    return text


class OutcomesTable(Strict):
    """`quiet_minutes`: by channel, so long after the last word a ticket closes; "other" for every channel that is not
    named. `follow_up`: whether a customer who left without what we asked for is reminded once before that, outside of
    the `night` of the calendar's zone. `every_minutes`: how often `serve` looks; 0 for never."""

    window_days: float = Field(default=7, gt=0, le=90)
    quiet_minutes: dict[str, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    follow_up: bool = True
    night: Annotated[str, AfterValidator(_span)] = "20:00-08:00"
    every_minutes: float = Field(default=1, ge=0)

    @property
    def window(self) -> timedelta:
        return timedelta(days=self.window_days)

    def closing(self, zone: ZoneInfo, *, letters: bool) -> Closing:
        """`letters`: whether we can write to a customer by e-mail, and read what they answer."""
        own = {channel: timedelta(minutes=minutes) for channel, minutes in self.quiet_minutes.items()}
        other = own.pop(OTHER, QUIET[OTHER])
        return Closing(
            window=self.window,
            quiet={**{channel: time for channel, time in QUIET.items() if channel != OTHER}, **own},
            other=other,
            follow_up=self.follow_up,
            letters=letters,
            night=Span.parse(self.night),
            zone=zone,
        )
