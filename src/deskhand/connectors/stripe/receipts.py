"""What Stripe's answers prove."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.marks import ADDRESS
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed


@contextmanager
def doubted(key: str) -> Iterator[None]:
    """They accepted it and answered in words we cannot read: it may well be done, so it is not `Invalid`."""
    try:
        yield
    except Invalid as error:
        raise Unconfirmed(key, str(error)) from error


def refunded(key: str, raw: dict[str, Any]) -> Receipt:
    one = parsing.parsed(parsing.refund, raw)
    details = {"amount": str(one.amount), "status": one.status, "created": day(one.created_at)}
    return Receipt(key, SYSTEM, one.ref.id, one.created_at, details)


def credited(key: str, raw: dict[str, Any]) -> Receipt:
    """Of a credit, or of its taking back: the amount is positive either way."""
    one = parsing.parsed(parsing.move, raw)
    details = {"amount": str(one.amount), "created": day(one.at)}
    return Receipt(key, SYSTEM, one.id, one.at, details)


def subscription_details(raw: dict[str, Any]) -> dict[str, str]:
    one = parsing.parsed(parsing.subscription, raw)
    days = {"renews": one.renews_at, "ends": one.cancels_at, "resumes": one.resumes_at, "trial_ends": one.trial_ends_at}
    told = {"plan": one.plan, "price": str(one.price), "interval": one.interval}
    return told | {name: day(at) for name, at in days.items() if at is not None}


def account_details(place: str, raw: dict[str, Any]) -> dict[str, str]:
    """As they are now; of the kind of change that leaves its key in this place."""
    one = parsing.parsed(parsing.account, raw)
    if place == ADDRESS:
        return {"address": str(one.address)}
    return {"email": one.email, "phone": one.phone, "name": one.name}


def day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
