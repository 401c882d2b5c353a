"""Moving money at Stripe: every request carries the effect's key, and the object keeps it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref

MARK = parsing.MARK


class StripeWriter:
    """See `ports.writes.BillingWriter`."""

    system = SYSTEM

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def refund(self, charge: Ref, amount: Money, *, key: str) -> Receipt:
        fields = {"charge": charge.id, "amount": amount.minor, "metadata": {MARK: key}}
        done = self._client.post("/v1/refunds", key=key, **fields)
        with _doubted(key):
            return _refunded(key, done)

    def find_refund(self, charge: Ref, *, key: str) -> Receipt | None:
        for one in self._client.each("/v1/refunds", charge=charge.id):
            if (one.get("metadata") or {}).get(MARK) == key:
                return _refunded(key, one)
        return None

    def cancel_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        done = self._client.post(f"/v1/subscriptions/{subscription.id}", key=key, cancel_at_period_end=True)
        with _doubted(key):
            one = parsing.parsed(parsing.subscription, done)
        ends = {"ends": _day(one.cancels_at)} if one.cancels_at else {}
        return Receipt(key, SYSTEM, one.ref.id, self._clock(), ends)

    def send_invoice(self, invoice: Ref, *, key: str) -> Receipt:
        done = self._client.post(f"/v1/invoices/{invoice.id}/send", key=key)
        with _doubted(key):
            one = parsing.parsed(parsing.invoice, done)
        return Receipt(key, SYSTEM, one.ref.id, self._clock(), {"number": one.number or one.ref.id})

    def change_email(self, customer: Ref, email: str, *, key: str) -> Receipt:
        done = self._client.post(f"/v1/customers/{customer.id}", key=key, email=email)
        with _doubted(key):
            one = parsing.parsed(parsing.customer, done)
        return Receipt(key, SYSTEM, one.ref.id, self._clock())


@contextmanager
def _doubted(key: str) -> Iterator[None]:
    """They accepted it and answered in words we cannot read: it may well be done, so it is not `Invalid`."""
    try:
        yield
    except Invalid as error:
        raise Unconfirmed(key, str(error)) from error


def _refunded(key: str, raw: dict[str, Any]) -> Receipt:
    one = parsing.parsed(parsing.refund, raw)
    details = {"amount": str(one.amount), "status": one.status, "created": _day(one.created_at)}
    return Receipt(key, SYSTEM, one.ref.id, one.created_at, details)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
