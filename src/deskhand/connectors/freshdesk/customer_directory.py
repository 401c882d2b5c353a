"""Freshdesk's contacts as a directory."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from deskhand.connectors.freshdesk import API, SYSTEM
from deskhand.connectors.freshdesk.door import understood
from deskhand.connectors.freshdesk.lists import MOST, each
from deskhand.connectors.http.wire import Wire
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.phone import e164
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

IDS = ("unique_external_id", "company_id")


class FreshdeskCustomers:
    """See `ports.reads.CustomerDirectory`. Freshdesk compares letter for letter: both spellings are asked for.

    `tier`: Freshdesk's name of the company's own field that says it. A number is found as it is written there, which is
    why a contact whose number has spaces in it is not found by it.
    """

    system, kind = SYSTEM, "contact"

    def __init__(self, wire: Wire, clock: Callable[[], datetime], tier: str = ""):
        self._wire, self._clock, self._tier = wire, clock, tier

    def by_email(self, email: str) -> list[Read[Customer]]:
        wanted = email.strip().casefold()
        asked = ({"email": one} for one in dict.fromkeys((email.strip(), email.strip().lower())) if one)
        return self._fitting(asked, lambda raw: (raw.get("email") or "").casefold() == wanted)

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        asked = ({name: phone} for name in ("phone", "mobile") if phone)
        return self._fitting(asked, lambda raw: phone in _phones(raw))

    def customer(self, ref: Ref) -> Read[Customer]:
        if not (ref.id.isascii() and ref.id.isdigit()):
            raise Invalid("freshdesk: this is no number of a contact: nothing was asked.")
        raw = self._wire.read(f"{API}/contacts/{ref.id}")
        if raw.get("deleted") is True:
            raise Missing(f"GET {API}/contacts/{ref.id}: deleted")
        return self._read(raw)

    def _fitting(self, asked: Iterator[dict[str, str]], fits: Callable[[dict[str, Any]], bool]) -> list[Read[Customer]]:
        """A filter that Freshdesk does not know would give everybody: each is looked at again."""
        found: dict[str, Read[Customer]] = {}
        for one in asked:
            for raw in each(self._wire, f"{API}/contacts", MOST, **one):
                with understood("contact"):
                    if fits(raw):
                        found[str(raw["id"])] = self._read(raw)
        return list(found.values())

    @understood("contact")
    def _read(self, raw: dict[str, Any]) -> Read[Customer]:
        held = raw.get("custom_fields") or {}
        customer = Customer(
            ref=Ref(SYSTEM, "contact", str(raw["id"])),
            name=raw.get("name") or "",
            email=raw.get("email") or "",
            tier=str(held.get(self._tier) or "standard").lower(),
            flagged=False,
            since=datetime.fromisoformat(raw["created_at"]),
            phones=_phones(raw),
            ids={name: str(raw[name]) for name in IDS if raw.get(name)},
        )
        return Read(customer, SYSTEM, self._clock())


def _phones(raw: dict[str, Any]) -> tuple[str, ...]:
    numbers = (e164(raw.get(name) or "") for name in ("phone", "mobile"))
    return tuple(dict.fromkeys(one for one in numbers if one))
