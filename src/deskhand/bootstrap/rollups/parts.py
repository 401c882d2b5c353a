"""Which sums a ticket is part of, and what it brings to each."""

from collections.abc import Iterator
from datetime import timedelta

from deskhand.measurement.entry import Entry
from deskhand.measurement.sums import By, Sums, add, came, closed, groups

CAME, CLOSED, MATURE = "came", "closed", "closed mature"
MONTHLY = ", by month"  # the same sums once more, so that years are read as quickly as days
ALL = ""
Key = tuple[str, str, str, str]  # cohort, by, day, name


def parts(entry: Entry, window: timedelta) -> Iterator[tuple[Key, Sums]]:
    """Of its days and its months."""
    for key, part in (*came_parts(entry), *closed_parts(entry, window)):
        yield key, part
        yield monthly(key), part


def came_parts(entry: Entry) -> Iterator[tuple[Key, Sums]]:
    """Of the day on which it came up."""
    part, day = came(entry), entry.came_at.date().isoformat()
    for by, name in groups_of(entry):
        yield (CAME, by, day, name), part


def closed_parts(entry: Entry, window: timedelta) -> Iterator[tuple[Key, Sums]]:
    """Of the day on which it closed: as long as its window runs, and once that is over."""
    if entry.closed_at is None or entry.left_out:
        return
    day, of = entry.closed_at.date().isoformat(), list(groups_of(entry))
    for cohort in (CLOSED, MATURE):
        part = closed(entry, window, mature=cohort == MATURE)
        for by, name in of:
            yield (cohort, by, day, name), part


def monthly(key: Key) -> Key:
    cohort, by, day, name = key
    return f"{cohort}{MONTHLY}", by, day[:7], name


def changed(gone: Iterator[tuple[Key, Sums]], new: Iterator[tuple[Key, Sums]]) -> dict[Key, Sums]:
    """By how much sums change when the ones go and the others come."""
    found: dict[Key, Sums] = {}
    for times, some in ((-1, gone), (1, new)):
        for key, part in some:
            add(found.setdefault(key, {}), part, times)
    return found


def groups_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """By what, and its name: all tickets, and each group that this one belongs to."""
    yield ALL, ALL
    for by in By:
        for name in groups(entry, by):
            yield str(by), name
