"""Who a contact is to the company: company, owner and open deals at HubSpot."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.hubspot import SYSTEM
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.company import company_of
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.parsing import created, deal, owner, parsed, profile, text
from deskhand.domain.errors import Missing
from deskhand.domain.profile import Deal, Profile
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

OF_DEAL = ("dealname", "dealstage", "amount", "deal_currency_code", "closedate", "hs_is_closed")


class HubspotRelations:
    """See `ports.reads.CustomerRelations`. Deals are those of the contact, the newest first."""

    system = SYSTEM

    def __init__(self, client: HubspotClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._fields, self._clock = client, fields, clock

    def profile(self, contact: Ref) -> Read[Profile]:
        raw = self._client.object("contacts", contact.id, self._fields.of_contact(), links=["deals"])
        company, deals = company_of(raw, self._client, self._fields), self._deals(raw, contact.id)
        told = parsed(profile, raw, company, self._owner(raw), deals, self._fields)
        return Read(told, SYSTEM, self._clock())

    def _deals(self, raw: dict[str, Any], contact: str) -> tuple[Deal, ...]:
        ids = self._client.linked(raw, "contacts", contact, "deals")
        found = list(self._client.batch("deals", ids, OF_DEAL))
        found.sort(key=lambda one: parsed(created, one), reverse=True)
        return tuple(parsed(deal, one, self._fields) for one in found if parsed(text, one, "hs_is_closed") != "true")

    def _owner(self, raw: Mapping[str, Any]) -> str:
        """Empty when nobody looks after them, or whoever did has left."""
        id = parsed(text, raw, "hubspot_owner_id")
        try:
            return parsed(owner, self._client.owner(id)) if id else ""
        except Missing:
            return ""
