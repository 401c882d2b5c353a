"""Reading money at Stripe."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.billing import Charge, Invoice, Refund, Subscription
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

T = TypeVar("T")


class StripeLedger:
    """See `ports.reads.BillingLedger`."""

    system = SYSTEM

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def customer(self, ref: Ref) -> Read[Customer]:
        raw = self._client.get(f"/v1/customers/{ref.id}")
        if raw.get("deleted"):
            raise Missing(f"GET /v1/customers/{ref.id}: deleted")
        return self._read(parsing.parsed(parsing.customer, raw))

    def charges(self, customer: Ref, since: datetime) -> Read[tuple[Charge, ...]]:
        found = self._client.each("/v1/charges", customer=customer.id, **{"created[gte]": int(since.timestamp())})
        return self._read(tuple(parsing.parsed(parsing.charge, one) for one in found))

    def charge(self, ref: Ref) -> Read[Charge]:
        return self._read(parsing.parsed(parsing.charge, self._client.get(f"/v1/charges/{ref.id}")))

    def refunds(self, charge: Ref) -> Read[tuple[Refund, ...]]:
        return self._read(
            tuple(parsing.parsed(parsing.refund, one) for one in self._client.each("/v1/refunds", charge=charge.id))
        )

    def made_refund(self, ref: Ref) -> Read[Refund]:
        return self._read(parsing.parsed(parsing.refund, self._client.get(f"/v1/refunds/{ref.id}")))

    def subscriptions(self, customer: Ref) -> Read[tuple[Subscription, ...]]:
        found = self._client.each("/v1/subscriptions", customer=customer.id, status="all")
        return self._read(tuple(parsing.parsed(parsing.subscription, one) for one in found))

    def subscription(self, ref: Ref) -> Read[Subscription]:
        return self._read(parsing.parsed(parsing.subscription, self._client.get(f"/v1/subscriptions/{ref.id}")))

    def invoices(self, customer: Ref, since: datetime) -> Read[tuple[Invoice, ...]]:
        found = self._client.each("/v1/invoices", customer=customer.id, **{"created[gte]": int(since.timestamp())})
        return self._read(tuple(parsing.parsed(parsing.invoice, one) for one in found))

    def invoice(self, ref: Ref) -> Read[Invoice]:
        return self._read(parsing.parsed(parsing.invoice, self._client.get(f"/v1/invoices/{ref.id}")))

    def _read(self, value: T) -> Read[T]:
        return Read(value, SYSTEM, self._clock())
