"""When a message may go: quiet hours on the customer's own wall, caps, and who is held out to measure by."""

import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from deskhand.domain.calendar import Span

MINUTE = timedelta(minutes=1)


def quiet(span: Span, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the clock on this wall is within the span at this moment, whatever summer time does."""
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return span.today(minute) or span.tomorrow(minute)


def quiet_until(span: Span, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The first whole minute after `now` that is not quiet; None when it is not quiet now.

    Looked for minute by minute of real time: on a day whose clocks change, an hour may come twice or never.
    """
    if not quiet(span, zone, now):
        return None
    at = now.astimezone(UTC).replace(second=0, microsecond=0)
    while quiet(span, zone, at):  # a span never covers the whole day: this ends within 25 hours
        at += MINUTE
    return at


def held_out(family: str, customer: str, share: float) -> bool:
    """The same answer at every run; whoever is held out at one share is so at every larger one."""
    drawn = int.from_bytes(hashlib.sha256(f"{family}/{customer}".encode()).digest()[:8], "big")
    return drawn < share * 2**64
