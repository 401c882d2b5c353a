"""Who left, by the group that customers were assigned to: what retention is measured over."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from deskhand.measurement.entry import Entry
from deskhand.measurement.sums import Sums

SPAN = timedelta(days=90)


def churn(entries: Iterable[Entry], left: Mapping[str, datetime], now: datetime) -> Sums:
    """By the assignment on a customer's first ticket; those whose 90 days are not over are in neither group."""
    first: dict[str, Entry] = {}
    for one in sorted(entries, key=lambda entry: entry.came_at):
        for customer in one.customers:
            first.setdefault(customer, one)
    found: dict[str, int] = {}
    for customer, one in first.items():
        if one.arm and one.came_at + SPAN <= now:
            arm = "hold-out" if one.held_out else "assistant"
            gone = left.get(customer)
            found[arm] = found.get(arm, 0) + 1
            found[f"{arm} left"] = found.get(f"{arm} left", 0) + (
                gone is not None and one.came_at <= gone < one.came_at + SPAN
            )
    return {"churn": {name: n for name, n in found.items() if n}} if found else {}
