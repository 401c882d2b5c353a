"""Who left, by the group that customers were assigned to: what retention is measured over."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from deskhand.measurement.entry import HOLD_OUT, Entry
from deskhand.measurement.sums import Sums, total

LEFT = "customer.churned"  # lines that say who left, and when
SPAN = timedelta(days=90)


def churn(entries: Iterable[Entry], left: Mapping[str, datetime], now: datetime) -> Sums:
    """By the assignment on a customer's first ticket; those whose 90 days are not over are in neither group."""
    first: dict[str, Entry] = {}
    for one in sorted(entries, key=lambda entry: (entry.came_at, entry.ticket, entry.number)):
        for customer in () if one.left_out else one.customers:
            first.setdefault(customer, one)
    ripe = ((customer, one) for customer, one in first.items() if one.came_at + SPAN <= now)
    return total(of_customer(one.came_at, one.arm, left.get(customer)) for customer, one in ripe)


def of_customer(first_at: datetime | None, arm: str, left_at: datetime | None) -> Sums:
    """What a customer comes to, once the 90 days from their first ticket are over; nothing without a group."""
    if first_at is None or not arm:
        return {}
    group = "hold-out" if arm in HOLD_OUT else "assistant"
    went = left_at is not None and first_at <= left_at < first_at + SPAN
    return {"churn": {group: 1} | ({f"{group} left": 1} if went else {})}
