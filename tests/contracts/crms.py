"""Twins of CRMs, and Stripe, as `deskhand.testing` asks for them: behind its weather, and behind a document."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx2
from tests.contracts import rigs
from tests.contracts.contract import Checked

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.hubspot import connector as hubspot
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.customer_directory import HubspotCustomers
from deskhand.connectors.hubspot.fields import Fields as HubspotFields
from deskhand.connectors.hubspot.marks import text_of
from deskhand.connectors.hubspot.relations import HubspotRelations
from deskhand.connectors.hubspot.relations_writer import HubspotWriter
from deskhand.connectors.hubspot.twin import HubspotTwin
from deskhand.connectors.hubspot.twin_world import object_of
from deskhand.connectors.manifest import Given
from deskhand.connectors.salesforce import connector as salesforce
from deskhand.connectors.salesforce.client import SalesforceClient
from deskhand.connectors.salesforce.customer_directory import SalesforceCustomers
from deskhand.connectors.salesforce.fields import Fields as SalesforceFields
from deskhand.connectors.salesforce.relations import SalesforceRelations
from deskhand.connectors.salesforce.relations_writer import SalesforceWriter
from deskhand.connectors.salesforce.twin import SalesforceTwin
from deskhand.connectors.salesforce.twin_world import id_of
from deskhand.connectors.stripe import twin as stripe
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.domain.ref import Ref
from deskhand.testing.directory import MAYA
from deskhand.testing.relations import Entry
from deskhand.testing.weather import Weather, changed

VENDORS = rigs.SPECS / "unpublished" / "hubspot-contacts-2026-09.json"
UNJUDGED = r"/crm/v3/owners/.*|/oauth/.*|.*/associations/[a-z]+|.*/batch/read"  # what that document lacks
SALESFORCE = SalesforceFields(
    tier="Tier__c",
    flagged="Flagged__c",
    subscription="Account.Subscription_Status__c",
    health="Account.Health__c",
    ids={"stripe": "Stripe_Id__c"},
    writable={"title": "Title"},
)
HUBSPOT = HubspotFields(
    tier="customer_tier",
    flagged="flagged",
    subscription="company.subscription_status",
    health="company.health",
    ids={"stripe": "stripe_id"},
    writable={"title": "jobtitle"},
)


class SalesforceCrm:
    """See `deskhand.testing.relations.Relations` and `deskhand.testing.directory.Directory`. Tokens come by a way of
    their own, on which the weather is fair."""

    secrets = ("twin-client", "twin-secret", "not-the-secret", "twin-session")

    def __init__(self) -> None:
        self.now = rigs.NOW
        self.twin = SalesforceTwin(":memory:", self.clock, page=10)
        self.twin.seed(rigs.small_world())
        document = rigs.contract("salesforce-rest-subset.json", self.twin.server)
        self.checked = Checked(InProcess(self.twin.app), document, answers=True)
        self.weather = Weather(self.checked)
        client = self.client()
        self.customers = SalesforceCustomers(client, SALESFORCE, self.clock)
        self.relations = SalesforceRelations(client, SALESFORCE, self.clock)
        self.writer = self.reborn()
        stranger = self.client("not-the-secret")
        self.strange_customers = SalesforceCustomers(stranger, SALESFORCE, self.clock)
        self.stranger = SalesforceRelations(stranger, SALESFORCE, self.clock)
        self.contact = self.customers.by_email(MAYA)[0].value.ref
        for one in self.twin.store.owned("Opportunity", self._maya()["AccountId"]):
            self._deal(one | {"IsClosed": True})
        self.phone = self.customers.by_email(MAYA)[0].value.phones[0]

    def clock(self) -> datetime:
        return self.now

    def client(self, secret: str = "twin-secret", transport: httpx2.BaseTransport | None = None) -> SalesforceClient:
        tokens = Wire(self.twin.server, transport=transport or self.checked)
        asked = {"client_id": "twin-client", "client_secret": secret}
        auth = ClientCredentials(tokens, salesforce.TOKENS, asked, homes=salesforce.HOMES)
        return SalesforceClient(
            Wire(self.twin.server, auth=auth, transport=transport or self.weather, deadline=0.2, silence=5)
        )

    def given(self, **table: Any) -> Given:
        """As a desk gives it to the connector."""
        whole = salesforce.SalesforceTable(address=self.twin.server, **table)
        return Given(whole, lambda name: self.twin.secrets[name], self.clock, self.checked)

    def reborn(self) -> SalesforceWriter:
        return SalesforceWriter(self.client(), SALESFORCE, self.clock)

    def add(self, *, email: str, phone: str) -> Ref:
        id = id_of("003", 5000 + self.twin.store.count("Contact"))
        blank = dict.fromkeys(self._maya()) | {"Id": id, "Name": "Maya Chen", "OwnerId": self.owner()}
        body = blank | {"Email": email, "Phone": phone, "CreatedDate": "2026-11-01T09:00:00.000+0000"}
        self.twin.store.put([("Contact", id, "", email.lower(), 0, body)])
        return Ref("salesforce", "contact", id)

    def alone(self) -> Ref:
        ref = self.add(email="alone@example.com", phone="")
        row = self.twin.store.row("Contact", ref.id)
        assert row is not None
        self.twin.store.put([(*row[:5], row[5] | {"OwnerId": None})])
        return ref

    def nowhere(self) -> Ref:
        return Ref("salesforce", "contact", id_of("003", 987654))

    def deal(self, name: str, amount: str | None, currency: str, *, closed: bool = False) -> None:
        id = id_of("006", 5000 + self.twin.store.count("Opportunity"))
        held = {"Id": id, "Name": name, "StageName": "Proposal", "CurrencyIsoCode": currency, "CloseDate": "2026-12-24"}
        number = None if amount is None else float(amount) if "." in amount else int(amount)
        self._deal(held | {"Amount": number, "IsClosed": closed, "AccountId": self._maya()["AccountId"]})

    def loop(self) -> None:
        first: list[str] = []

        def again(answer: Any) -> Any:
            if not isinstance(answer, dict) or not (first or "nextRecordsUrl" in answer):
                return answer
            first.append(answer.get("nextRecordsUrl", ""))
            return answer | {"done": False, "nextRecordsUrl": first[0]}

        self.weather.drift = again

    def title(self) -> str:
        return str(self._maya()["Title"] or "")

    def owner(self) -> str:
        return str(self._maya()["OwnerId"])

    def entries(self) -> list[Entry]:
        tasks = self.twin.tasks(self.contact.id)
        return [
            Entry(one["Subject"], one["Description"], one["ActivityDate"] or "", one["OwnerId"] or "") for one in tasks
        ]

    def type_by_hand(self, text: str) -> None:
        id = id_of("00T", 5000 + self.twin.store.count("Task"))
        body = {"Id": id, "Subject": "Note", "Description": text, "ActivityDate": None, "OwnerId": None}
        self.twin.store.put([("Task", id, self.contact.id, "", 0, body)])

    def _maya(self) -> dict[str, Any]:
        return self.twin.store.named("Contact", MAYA)[-1]

    def _deal(self, body: dict[str, Any]) -> None:
        at = int(self.now.timestamp()) + self.twin.store.count("Opportunity")
        self.twin.store.put([("Opportunity", body["Id"], body["AccountId"], "", at, body)])


class HubspotCrm:
    """Likewise. The vendor's own document judges, too, where somebody put it."""

    secrets = ("pat-twin", "not-the-key")

    def __init__(self) -> None:
        self.now = rigs.NOW
        self.twin = HubspotTwin(":memory:", self.clock, page=10)
        self.twin.seed(rigs.small_world())
        ours = rigs.contract("hubspot-crm-subset.json", self.twin.server)
        self.checked: httpx2.BaseTransport = Checked(InProcess(self.twin.app), ours, answers=True)
        if VENDORS.exists():
            theirs = rigs.contract("unpublished/hubspot-contacts-2026-09.json", self.twin.server)
            self.checked = Checked(self.checked, theirs, answers=True, unjudged=UNJUDGED)
        self.weather = Weather(self.checked)
        client = self.client()
        self.customers = HubspotCustomers(client, HUBSPOT, self.clock)
        self.relations = HubspotRelations(client, HUBSPOT, self.clock)
        self.writer = self.reborn()
        stranger = self.client("not-the-key")
        self.strange_customers = HubspotCustomers(stranger, HUBSPOT, self.clock)
        self.stranger = HubspotRelations(stranger, HUBSPOT, self.clock)
        self.contact = self.customers.by_email(MAYA)[0].value.ref
        for one in self.twin.store.owned("deals", self.contact.id):
            self._deal(one["id"], one["properties"] | {"hs_is_closed": "true"})
        self.phone = self.customers.by_email(MAYA)[0].value.phones[0]

    def clock(self) -> datetime:
        return self.now

    def client(self, key: str = "pat-twin") -> HubspotClient:
        headers = {"authorization": f"Bearer {key}"}
        return HubspotClient(Wire(self.twin.server, headers=headers, transport=self.weather, deadline=0.2, silence=5))

    def given(self, **table: Any) -> Given:
        """As a desk gives it to the connector."""
        whole = hubspot.HubspotTable(address=self.twin.server, **table)
        return Given(whole, lambda name: self.twin.secrets[name], self.clock, self.checked)

    def reborn(self) -> HubspotWriter:
        return HubspotWriter(self.client(), HUBSPOT, self.clock)

    def add(self, *, email: str, phone: str) -> Ref:
        id = str(20_001 + self.twin.store.count("contacts"))
        held: dict[str, str | None] = {"firstname": "Maya", "lastname": "Chen", "email": email, "phone": phone}
        body = object_of(id, held, int(self.now.timestamp()))
        self.twin.store.put([(kind, id, "", email, 0, body) for kind in ("contacts", "indexed")])
        return Ref("hubspot", "contact", id)

    def alone(self) -> Ref:
        return self.add(email="alone@example.com", phone="")

    def nowhere(self) -> Ref:
        return Ref("hubspot", "contact", "987654")

    def deal(self, name: str, amount: str | None, currency: str, *, closed: bool = False) -> None:
        held = {"dealname": name, "dealstage": "proposal", "amount": amount, "deal_currency_code": currency}
        held |= {"closedate": "2026-12-24T12:00:00Z", "hs_is_closed": "true" if closed else "false"}
        self._deal(str(95_001 + self.twin.store.count("deals")), held)

    def loop(self) -> None:
        self.weather.drift = lambda answer: changed(
            answer, instead=lambda name, value: {"next": {"after": "10"}} if name == "paging" else value
        )

    def title(self) -> str:
        return str(self._maya()["jobtitle"] or "")

    def owner(self) -> str:
        return str(self._maya()["hubspot_owner_id"])

    def entries(self) -> list[Entry]:
        return [self._entry(one["properties"]) for one in self.twin.entries(self.contact.id)]

    def type_by_hand(self, text: str) -> None:
        id = str(900_001 + self.twin.store.count("notes"))
        held: dict[str, str | None] = {"hs_note_body": text}
        self.twin.store.put([("notes", id, self.contact.id, "", 0, object_of(id, held, 0))])

    def wait(self) -> None:
        """Until a search has caught up."""
        self.now += timedelta(seconds=self.twin.lag)

    def _entry(self, held: dict[str, str]) -> Entry:
        body = held.get("hs_task_body") or held["hs_note_body"]
        due = held["hs_timestamp"][:10] if "hs_task_subject" in held else ""
        return Entry(held.get("hs_task_subject", ""), text_of(body), due, held.get("hubspot_owner_id", ""))

    def _maya(self) -> dict[str, str | None]:
        held: dict[str, str | None] = self.twin.store.named("contacts", MAYA)[-1]["properties"]
        return held

    def _deal(self, id: str, held: dict[str, str | None]) -> None:
        at = int(self.now.timestamp()) + self.twin.store.count("deals")
        self.twin.store.put([("deals", id, self.contact.id, "", at, object_of(id, held, at))])


class StripeDirectory:
    """Stripe as a directory. By a number nobody is found there."""

    secrets = (stripe.KEY, "sk_test_not_the_key")
    phone = ""

    def __init__(self) -> None:
        self.twin = stripe.StripeTwin(":memory:", rigs.clock)
        self.twin.seed(rigs.small_world())
        checked = Checked(InProcess(self.twin.app), rigs.contract("stripe-2022-04.json"), answers=False)
        self.weather = Weather(checked)
        self.customers, self.strange_customers = self._as(stripe.KEY), self._as("sk_test_not_the_key")

    def add(self, *, email: str, phone: str) -> Ref:
        raw = self.twin.store.named("customer", MAYA)[0]
        id = f"cus_{900_000 + self.twin.store.count('customer')}"
        self.twin.store.put([("customer", id, "", email, 0, raw | {"id": id, "email": email})])
        return Ref("stripe", "customer", id)

    def nowhere(self) -> Ref:
        return Ref("stripe", "customer", "cus_987654")

    def loop(self) -> None:
        first: list[Any] = []

        def again(answer: Any) -> Any:
            if isinstance(answer, dict) and answer.get("object") == "list":
                first.append(answer | {"has_more": True})
                return first[0]
            return answer

        self.weather.drift = again

    def _as(self, key: str) -> StripeCustomers:
        headers = {"Authorization": f"Bearer {key}"}
        return StripeCustomers(
            StripeClient(Wire(rigs.SERVER, headers=headers, transport=self.weather, deadline=0.2, silence=5)),
            rigs.clock,
        )


class AsDirectory:
    """One of these as the contract of directories asks for it."""

    def __init__(self, of: SalesforceCrm | HubspotCrm | StripeDirectory):
        self.weather, self.customers, self.stranger = of.weather, of.customers, of.strange_customers
        self.secrets, self.phone = of.secrets, of.phone
        self.add: Callable[..., Ref] = of.add
        self.nowhere, self.loop = of.nowhere, of.loop
