"""Stripe's objects as our values: what we rely on must be there, what is new to us is `other`."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from deskhand.connectors.stripe import SYSTEM
from deskhand.connectors.stripe.marks import made_by
from deskhand.domain.billing import (
    Account,
    Address,
    Charge,
    ChargeStatus,
    Invoice,
    InvoiceStatus,
    Plan,
    Refund,
    Subscription,
    SubscriptionStatus,
)
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Invalid
from deskhand.domain.money import DIGITS, Money
from deskhand.domain.phone import e164
from deskhand.domain.ref import Ref

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True)
class Move:
    """A move on a customer's balance: `given` to them, or taken back. `amount` is positive either way."""

    id: str
    amount: Money
    given: bool
    at: datetime


def parsed(parse: Callable[[dict[str, Any]], T], raw: Any) -> T:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one."""
    try:
        return parse(raw)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
        raise Invalid(f"stripe: a {parse.__name__} cannot be read: {type(error).__name__}") from error


def charge(raw: dict[str, Any]) -> Charge:
    return Charge(
        ref=ref("charge", raw["id"]),
        customer=ref("customer", raw["customer"]) if raw.get("customer") else None,
        amount=money(raw["amount"], raw["currency"]),
        refunded=money(raw["amount_refunded"], raw["currency"]),
        status=known(ChargeStatus, raw["status"]),
        disputed=bool(raw.get("disputed")),
        created_at=moment(raw["created"]),
        description=raw.get("description") or "",
        failure=raw.get("failure_message") or "",
    )


def refund(raw: dict[str, Any]) -> Refund:
    amount, made, made_at = money(raw["amount"], raw["currency"]), made_by(raw), moment(raw["created"])
    return Refund(ref("refund", raw["id"]), ref("charge", raw["charge"]), amount, raw["status"], made_at, made)


def move(raw: dict[str, Any]) -> Move:
    amount = money(abs(raw["amount"]), raw["currency"])
    return Move(raw["id"], amount, raw["amount"] < 0, moment(raw["created"]))


def subscription(raw: dict[str, Any]) -> Subscription:
    item = raw["items"]["data"][0]
    price = item["price"]
    ends = raw.get("cancel_at") or (item.get("current_period_end") if raw.get("cancel_at_period_end") else None)
    alive = raw["status"] in ("active", "trialing", "past_due")
    pause = raw.get("pause_collection") or {}
    return Subscription(
        ref=ref("subscription", raw["id"]),
        customer=ref("customer", raw["customer"]),
        plan=_name(price),
        status=known(SubscriptionStatus, raw["status"]),
        price=money(price["unit_amount"] * item["quantity"], price["currency"]),
        interval=price["recurring"]["interval"],
        seats=item["quantity"],
        renews_at=moment(item["current_period_end"]) if alive and not ends else None,
        cancels_at=moment(ends) if ends and alive else None,
        ended_at=moment(raw["ended_at"]) if raw.get("ended_at") else None,
        plan_id=price["id"],
        paused=bool(pause),
        resumes_at=moment(pause["resumes_at"]) if pause.get("resumes_at") else None,
        trial_ends_at=moment(raw["trial_end"]) if raw.get("trial_end") and raw["status"] == "trialing" else None,
    )


def plan(raw: dict[str, Any]) -> Plan:
    price = money(raw["unit_amount"], raw["currency"])
    return Plan(ref("price", raw["id"]), _name(raw), price, raw["recurring"]["interval"])


def _name(price: dict[str, Any]) -> str:
    return str(price.get("nickname") or price["id"])


def account(raw: dict[str, Any]) -> Account:
    """What is below zero on the balance is the customer's."""
    currency = raw.get("currency")
    return Account(
        ref=ref("customer", raw["id"]),
        name=raw.get("name") or "",
        email=raw.get("email") or "",
        phone=raw.get("phone") or "",
        address=address(raw.get("address") or {}),
        credit=money(max(0, -raw["balance"]), currency) if currency else None,
    )


def address(raw: dict[str, Any]) -> Address:
    return Address(**{one.name: str(raw.get(one.name) or "") for one in fields(Address)})


def invoice(raw: dict[str, Any]) -> Invoice:
    return Invoice(
        ref=ref("invoice", raw["id"]),
        customer=ref("customer", raw["customer"]),
        number=raw.get("number") or "",
        total=money(raw["total"], raw["currency"]),
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
        phones=tuple(filter(None, [e164(raw.get("phone") or "")])),
        ids={f"metadata.{name}": str(value) for name, value in extra.items()},
    )


def money(minor: int, currency: str) -> Money:
    """ValueError for a currency whose smallest unit we do not know, TypeError for what is no whole number."""
    if type(minor) is not int:
        raise TypeError("no whole number of minor units")
    if currency.upper() not in DIGITS:
        raise ValueError(f"unknown currency {currency!r}")
    return Money(minor, currency.upper())


def ref(kind: str, id: str) -> Ref:
    if not isinstance(id, str) or not id:
        raise TypeError(f"no id of a {kind}")
    return Ref(SYSTEM, kind, id)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def known(kind: type[E], word: str) -> E:
    """A word of theirs that is new to us must not break a read."""
    return kind(word) if word in list(kind) else kind("other")
