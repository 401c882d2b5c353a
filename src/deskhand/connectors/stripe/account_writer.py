"""Changing what Stripe knows of a customer: each request says how it is to be."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.marks import ADDRESS, CONTACT
from deskhand.connectors.stripe.receipts import account_details, doubted
from deskhand.domain.action import Receipt
from deskhand.domain.billing import Account, Address
from deskhand.domain.ref import Ref


class StripeAccounts:
    """See `ports.writes.AccountWriter`."""

    system = SYSTEM

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def update_contact(
        self, customer: Ref, *, key: str, email: str | None = None, phone: str | None = None, name: str | None = None
    ) -> Receipt:
        given = {"email": email, "phone": phone, "name": name}
        change = {field: value for field, value in given.items() if value is not None}
        was = asdict(self._account(customer))
        return self._set(customer, CONTACT, key, {field: str(was[field]) for field in change}, change)

    def update_address(self, customer: Ref, address: Address, *, key: str) -> Receipt:
        was = asdict(self._account(customer).address)
        return self._set(customer, ADDRESS, key, was, {"address": asdict(address)})

    def _account(self, customer: Ref) -> Account:
        return parsing.parsed(parsing.account, self._client.get(f"/v1/customers/{customer.id}"))

    def _set(self, customer: Ref, place: str, key: str, was: dict[str, str], change: dict[str, Any]) -> Receipt:
        done = self._client.post(f"/v1/customers/{customer.id}", key=key, **change, metadata={place: key})
        with doubted(key):
            details = account_details(place, done)
        return Receipt(key, SYSTEM, customer.id, self._clock(), details, was)
