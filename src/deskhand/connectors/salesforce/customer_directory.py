"""Salesforce's contacts as a directory."""

from collections.abc import Callable
from datetime import datetime

from deskhand.connectors.salesforce import SYSTEM
from deskhand.connectors.salesforce.client import SalesforceClient, sound
from deskhand.connectors.salesforce.fields import Fields
from deskhand.connectors.salesforce.parsing import customer, parsed
from deskhand.connectors.salesforce.soql import digits_within, quoted, select
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Missing
from deskhand.domain.phone import e164
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

LOCAL = 7  # last digits of a number: people write the rest in many ways, and it is compared here


class SalesforceCustomers:
    """See `ports.reads.CustomerDirectory`."""

    system, kind = SYSTEM, "contact"

    def __init__(self, client: SalesforceClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._fields, self._clock = client, fields, clock

    def by_email(self, email: str) -> list[Read[Customer]]:
        wanted = email.strip().casefold()
        if not wanted or not wanted.isprintable():
            return []
        found = self._where(f"Email = {quoted(wanted)}")
        return [one for one in found if one.value.email.casefold() == wanted]

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        """Numbers are kept there as somebody typed them: whoever names no country is not found."""
        number = e164(phone)
        if not number:
            return []
        like = digits_within(number[-LOCAL:])
        found = self._where(f"Phone LIKE {like} OR MobilePhone LIKE {like}")
        return [one for one in found if number in one.value.phones]

    def customer(self, ref: Ref) -> Read[Customer]:
        for found in self._where(f"Id = {quoted(sound(ref.id))}"):
            return found
        raise Missing("salesforce: there is no such contact")

    def _where(self, where: str) -> list[Read[Customer]]:
        raws = self._client.query(select(self._fields.asked(), "Contact", where))
        return [Read(parsed(customer, raw, self._fields), SYSTEM, self._clock()) for raw in raws]
