"""The events that a rule may be about, and the facts each of them has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.money import Money

CHARGE: Mapping[str, type] = {
    "charge.id": str,
    "charge.amount": Money,
    "charge.currency": str,
    "charge.description": str,
    "charge.created_at": datetime,
}
COMMON: Mapping[str, type] = {"event.at": datetime, "customer.name": str, "customer.tier": str}
RECORD = "record."


class Source(StrEnum):
    """Where an event comes from: signed events of billing, rows of the company's own database, a person, or what we
    remember of tickets together with billing's subscriptions."""

    BILLING = "billing"
    RECORDS = "records"
    MEMORY = "memory"


@dataclass(frozen=True)
class EventKind:
    """`billing`: the kinds of billing's own events that may bring it. `columns`: what a row of records needs beside
    `id` and `email`. `window`: what the rule's `window` means, "" where it has none. `service`: it may be about the
    customer's own money or order, so that a rule may call itself a service. `by_hand`: a person may name it, too."""

    source: Source
    facts: Mapping[str, type]
    billing: tuple[str, ...] = ()
    columns: Mapping[str, type] | None = None
    window: str = ""
    service: bool = False
    by_hand: bool = False


EVENTS: Mapping[str, EventKind] = {
    "payment_failed": EventKind(
        Source.BILLING, {**CHARGE, "charge.failure": str}, billing=("charge.failed",), service=True
    ),
    "double_charge": EventKind(
        Source.BILLING,
        {**CHARGE, "charge.first_id": str, "charge.gap": timedelta},
        billing=("charge.succeeded",),
        service=True,
    ),
    "card_expiring": EventKind(
        Source.RECORDS, {}, columns={"expires_at": datetime}, window="how long before it expires", service=True
    ),
    "order_stuck": EventKind(
        Source.RECORDS, {}, columns={"since": datetime}, window="how long it has stood still", service=True
    ),
    "incident": EventKind(
        Source.RECORDS, {"incident.name": str, "incident.note": str}, columns={}, by_hand=True, service=True
    ),
    "renewal_with_complaints": EventKind(
        Source.MEMORY,
        {
            "subscription.plan": str,
            "subscription.price": Money,
            "subscription.renews_at": datetime,
            "complaints.tickets": int,
        },
        window="how long before it renews",
    ),
}
