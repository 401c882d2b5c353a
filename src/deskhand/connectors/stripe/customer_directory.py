"""Stripe's customers as a directory."""

import re
from collections.abc import Callable
from datetime import datetime

from deskhand.connectors.stripe import SYSTEM, parsing
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

ID = re.compile(r"[A-Za-z0-9_]{1,255}")  # it travels in an address


class StripeCustomers:
    """See `ports.reads.CustomerDirectory`. Stripe compares letter for letter: both spellings are asked for."""

    system, kind = SYSTEM, "customer"

    def __init__(self, client: StripeClient, clock: Callable[[], datetime]):
        self._client, self._clock = client, clock

    def by_email(self, email: str) -> list[Read[Customer]]:
        found: dict[str, Customer] = {}
        if not email.strip().isprintable() or not email.strip():
            return []
        for spelling in dict.fromkeys((email.strip(), email.strip().lower())):
            for raw in self._client.each("/v1/customers", email=spelling):
                if not raw.get("deleted"):
                    found[raw["id"]] = parsing.parsed(parsing.customer, raw)
        return [Read(one, SYSTEM, self._clock()) for one in found.values()]

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        """None: Stripe lists customers by address only, and its search is minutes behind."""
        return []

    def customer(self, ref: Ref) -> Read[Customer]:
        if not ID.fullmatch(ref.id):
            raise Missing("stripe: that is no id of a customer")
        raw = self._client.get(f"/v1/customers/{ref.id}")
        if raw.get("deleted"):
            raise Missing(f"GET /v1/customers/{ref.id}: deleted")
        return Read(parsing.parsed(parsing.customer, raw), SYSTEM, self._clock())
