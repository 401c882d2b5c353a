"""Reading money at Stripe."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.marks import changed_by, made_by
from deskhand.connectors.stripe.payments import StripePayments
from deskhand.domain.billing import Account, Charge, Invoice, Marked, Plan, Refund, Subscription
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref


class StripeLedger(StripePayments):
    """See `ports.reads.BillingLedger`."""

    system = SYSTEM

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        super().__init__(client, clock)
        self._directory = StripeCustomers(client, clock)

    def customer(self, ref: Ref) -> Read[Customer]:
        return self._directory.customer(ref)

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

    def plans(self) -> Read[tuple[Plan, ...]]:
        found = self._client.each("/v1/prices", active=True, type="recurring")
        return self._read(tuple(parsing.parsed(parsing.plan, one) for one in found if one.get("unit_amount")))

    def account(self, customer: Ref) -> Read[Account]:
        raw = self._client.get(f"/v1/customers/{customer.id}")
        if raw.get("deleted"):
            raise Missing(f"GET /v1/customers/{customer.id}: deleted")
        return self._read(parsing.parsed(parsing.account, raw))

    def marked(self, since: datetime, customers: Collection[Ref]) -> Read[tuple[Marked, ...]]:
        found = [*self._refunds(since)]
        for customer in customers:
            found += self._credits(customer, since)
            found += _changes(customer, self._client.get(f"/v1/customers/{customer.id}"))
            for raw in self._client.each("/v1/subscriptions", customer=customer.id, status="all"):
                found += _changes(parsing.ref("subscription", raw["id"]), raw)
        return self._read(tuple(found))

    def _refunds(self, since: datetime) -> Iterator[Marked]:
        for raw in self._client.each("/v1/refunds", **{"created[gte]": int(since.timestamp())}):
            one = parsing.parsed(parsing.refund, raw)
            if one.effect:
                yield Marked(one.effect, one.ref, one.created_at, one.amount)

    def _credits(self, customer: Ref, since: datetime) -> Iterator[Marked]:
        """Stripe lists them by customer only, and all of them."""
        for raw in self._client.each(f"/v1/customers/{customer.id}/balance_transactions"):
            one = parsing.parsed(parsing.move, raw)
            if made_by(raw) and one.at >= since:
                yield Marked(made_by(raw), parsing.ref("balance_transaction", one.id), one.at, one.amount)


def _changes(ref: Ref, raw: dict[str, Any]) -> list[Marked]:
    return [Marked(key, ref, latest=True) for key in changed_by(raw).values()]
