"""HubSpot's contacts as a directory."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.hubspot import SYSTEM
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.company import company_of
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.parsing import customer, parsed
from deskhand.domain.customer import Customer
from deskhand.domain.phone import e164
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

LOCAL = 7  # last digits of a number: people write the rest in many ways, and it is compared here


class HubspotCustomers:
    """See `ports.reads.CustomerDirectory`. A search is seconds behind: who is new or changed may not be found yet."""

    system, kind = SYSTEM, "contact"

    def __init__(self, client: HubspotClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._fields, self._clock = client, fields, clock

    def by_email(self, email: str) -> list[Read[Customer]]:
        """By the first address of a contact: HubSpot keeps it in small letters, and once only."""
        wanted = email.strip().lower()
        if not wanted or not wanted.isprintable():
            return []
        found = self._search([{"propertyName": "email", "operator": "EQ", "value": wanted}])
        return [one for one in found if one.value.email.casefold() == wanted.casefold()]

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        """Numbers are kept there as somebody typed them: whoever names no country is not found."""
        number = e164(phone)
        if not number:
            return []
        ends = f"*{number[-LOCAL:].lstrip('+')}"
        names = ("hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number")
        found = self._search({"propertyName": name, "operator": "CONTAINS_TOKEN", "value": ends} for name in names)
        return [one for one in found if number in one.value.phones]

    def customer(self, ref: Ref) -> Read[Customer]:
        return self._read(self._client.object("contacts", ref.id, self._fields.of_contact()))

    def _search(self, groups: Iterable[Mapping[str, str]]) -> list[Read[Customer]]:
        found = self._client.search("contacts", list(groups), self._fields.of_contact())
        return [self._read(raw) for raw in found]

    def _read(self, raw: Mapping[str, Any]) -> Read[Customer]:
        fields = self._fields
        needed = fields.company_matters(fields.tier, fields.flagged, *fields.ids.values())
        company = company_of(raw, self._client, fields) if needed else {}
        return Read(parsed(customer, raw, company, fields), SYSTEM, self._clock())
