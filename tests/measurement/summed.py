"""Sums of all tickets of a history, whatever their days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from deskhand.measurement.entry import Entry
from deskhand.measurement.sums import Sums, add, came, closed


def sums_of(entries: Iterable[Entry], now: datetime, window: timedelta) -> Sums:
    """Of these tickets, all of them: whatever their days."""
    found: Sums = {}
    for one in entries:
        add(found, came(one))
        add(found, closed(one, window, mature=one.mature(now, window)))
    return found
