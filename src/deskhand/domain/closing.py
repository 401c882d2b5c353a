"""When a ticket closes by itself, and how long after that a return of the customer counts against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from deskhand.domain.calendar import Span

OTHER = "other"
NIGHT, UTC = Span(20 * 60, 8 * 60), ZoneInfo("UTC")
CHAT = timedelta(minutes=30)
QUIET: Mapping[str, timedelta] = {"widget": CHAT, "chat": CHAT, OTHER: timedelta(hours=72)}


@dataclass(frozen=True)
class Closing:
    """`quiet`: how long after the last word a ticket closes, by channel, and on every `other` one. `follow_up`: whether
    who left without what we asked for is reminded once; never within the `night` of `zone`. `letters`: whether that can
    be done by e-mail where the conversation itself reaches nobody."""

    window: timedelta = timedelta(days=7)
    quiet: Mapping[str, timedelta] = field(
        default_factory=lambda: {channel: time for channel, time in QUIET.items() if channel != OTHER}
    )
    other: timedelta = QUIET[OTHER]
    follow_up: bool = True
    letters: bool = False
    night: Span = NIGHT
    zone: ZoneInfo = UTC

    def after(self, channel: str) -> timedelta:
        """How long the last word on this channel has to be over."""
        return self.quiet.get(channel, self.other)

    @property
    def shortest(self) -> timedelta:
        return min(self.other, *self.quiet.values())
