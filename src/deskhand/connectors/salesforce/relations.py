"""Who a contact is to the company: account, owner and open deals at Salesforce."""

from collections.abc import Callable
from datetime import datetime

from deskhand.connectors.salesforce import SYSTEM
from deskhand.connectors.salesforce.client import SalesforceClient, sound
from deskhand.connectors.salesforce.fields import Fields
from deskhand.connectors.salesforce.parsing import account_of, deal, parsed, profile
from deskhand.connectors.salesforce.soql import quoted, select
from deskhand.domain.errors import Missing
from deskhand.domain.profile import Deal, Profile
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref

OF_DEAL = ("Id", "Name", "StageName", "Amount", "CloseDate")


class SalesforceRelations:
    """See `ports.reads.CustomerRelations`. Deals are those of the contact's account, the newest first."""

    system = SYSTEM

    def __init__(self, client: SalesforceClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._fields, self._clock = client, fields, clock

    def profile(self, contact: Ref) -> Read[Profile]:
        where = f"Id = {quoted(sound(contact.id))}"
        for raw in self._client.query(select(self._fields.asked(), "Contact", where)):
            account = parsed(account_of, raw)
            deals = self._deals(account) if account else ()
            return Read(parsed(profile, raw, deals, self._fields), SYSTEM, self._clock())
        raise Missing("salesforce: there is no such contact")

    def _deals(self, account: str) -> tuple[Deal, ...]:
        asked = OF_DEAL if self._fields.currency else (*OF_DEAL, "CurrencyIsoCode")
        where = f"AccountId = {quoted(account)} AND IsClosed = false ORDER BY CreatedDate DESC, Id DESC"
        found = self._client.query(select(asked, "Opportunity", where))
        return tuple(parsed(deal, raw, self._fields) for raw in found)
