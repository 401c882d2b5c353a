"""Stripe's objects as our values: what we rely on must be there, what is new to us is `other`."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from deskhand.connectors.stripe import SYSTEM
from deskhand.domain.billing import (
    Charge,
    ChargeStatus,
    Invoice,
    InvoiceStatus,
    Refund,
    Subscription,
    SubscriptionStatus,
)
from deskhand.domain.customer import Customer
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref

E = TypeVar("E", bound=StrEnum)


def charge(raw: dict[str, Any]) -> Charge:
    currency = raw["currency"].upper()
    return Charge(
        ref=ref("charge", raw["id"]),
        customer=ref("customer", raw["customer"]) if raw.get("customer") else None,
        amount=Money(raw["amount"], currency),
        refunded=Money(raw["amount_refunded"], currency),
        status=known(ChargeStatus, raw["status"]),
        disputed=bool(raw.get("disputed")),
        created_at=moment(raw["created"]),
        description=raw.get("description") or "",
        failure=raw.get("failure_message") or "",
    )


def refund(raw: dict[str, Any]) -> Refund:
    amount = Money(raw["amount"], raw["currency"].upper())
    return Refund(ref("refund", raw["id"]), ref("charge", raw["charge"]), amount, raw["status"], moment(raw["created"]))


def subscription(raw: dict[str, Any]) -> Subscription:
    item = raw["items"]["data"][0]
    price = item["price"]
    ends = raw.get("cancel_at") or (item.get("current_period_end") if raw.get("cancel_at_period_end") else None)
    alive = raw["status"] in ("active", "trialing", "past_due")
    return Subscription(
        ref=ref("subscription", raw["id"]),
        customer=ref("customer", raw["customer"]),
        plan=price.get("nickname") or price["id"],
        status=known(SubscriptionStatus, raw["status"]),
        price=Money(price["unit_amount"] * item["quantity"], price["currency"].upper()),
        interval=price["recurring"]["interval"],
        seats=item["quantity"],
        renews_at=moment(item["current_period_end"]) if alive and not ends else None,
        cancels_at=moment(ends) if ends and alive else None,
        ended_at=moment(raw["ended_at"]) if raw.get("ended_at") else None,
    )


def invoice(raw: dict[str, Any]) -> Invoice:
    return Invoice(
        ref=ref("invoice", raw["id"]),
        customer=ref("customer", raw["customer"]),
        number=raw.get("number") or "",
        total=Money(raw["total"], raw["currency"].upper()),
        status=known(InvoiceStatus, raw["status"]),
        created_at=moment(raw["created"]),
        due_at=moment(raw["due_date"]) if raw.get("due_date") else None,
    )


def customer(raw: dict[str, Any]) -> Customer:
    extra = raw.get("metadata") or {}
    return Customer(
        ref=ref("customer", raw["id"]),
        name=raw.get("name") or "",
        email=(raw.get("email") or "").lower(),
        tier=str(extra.get("tier", "standard")).lower(),
        flagged=extra.get("flagged") == "true",
        since=moment(raw["created"]),
    )


def ref(kind: str, id: str) -> Ref:
    return Ref(SYSTEM, kind, id)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def known(kind: type[E], word: str) -> E:
    """A word of theirs that is new to us must not break a read."""
    return kind(word) if word in list(kind) else kind("other")
