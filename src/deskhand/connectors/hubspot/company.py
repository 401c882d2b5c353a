"""The company that a contact works for."""

from collections.abc import Mapping
from typing import Any

from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.parsing import parsed, text
from deskhand.domain.errors import Missing


def company_of(raw: Mapping[str, Any], client: HubspotClient, fields: Fields) -> Mapping[str, Any]:
    """The one that HubSpot calls primary; nothing when there is none, or it was deleted."""
    id = parsed(text, raw, "associatedcompanyid")
    try:
        return client.object("companies", id, fields.of_company()) if id else {}
    except Missing:
        return {}
