"""Stripe's customers as a directory."""

from collections.abc import Callable
from datetime import datetime

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref


class StripeCustomers:
    """See `ports.reads.CustomerDirectory`. Stripe compares letter for letter: both spellings are asked for."""

    system, kind = SYSTEM, "customer"

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def by_email(self, email: str) -> list[Read[Customer]]:
        found: dict[str, Customer] = {}
        for spelling in dict.fromkeys((email.strip(), email.strip().lower())):
            for raw in self._client.each("/v1/customers", email=spelling):
                if not raw.get("deleted"):
                    found[raw["id"]] = parsing.parsed(parsing.customer, raw)
        return [Read(one, SYSTEM, self._clock()) for one in found.values()]

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        """None: Stripe lists customers by address only, and its search is minutes behind."""
        return []

    def customer(self, ref: Ref) -> Read[Customer]:
        raw = self._client.get(f"/v1/customers/{ref.id}")
        if raw.get("deleted"):
            raise Missing(f"GET /v1/customers/{ref.id}: deleted")
        return Read(parsing.parsed(parsing.customer, raw), SYSTEM, self._clock())
