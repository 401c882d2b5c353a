"""What Salesforce is to a desk: how it is named, set up and proved."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import httpx2
from pydantic import Field

from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.connectors.salesforce import SYSTEM
from deskhand.connectors.salesforce.client import SalesforceClient
from deskhand.connectors.salesforce.customer_directory import SalesforceCustomers
from deskhand.connectors.salesforce.fields import Fields
from deskhand.connectors.salesforce.marks import KEY_FIELD
from deskhand.connectors.salesforce.relations import SalesforceRelations
from deskhand.connectors.salesforce.relations_writer import SalesforceWriter
from deskhand.connectors.salesforce.twin import SalesforceTwin
from deskhand.domain.errors import Missing

TOKENS = "/services/oauth2/token"
HOMES = (".my.salesforce.com", ".my.salesforce.mil")
Name = Annotated[str, Field(pattern=r"^(?:(?:Account\.)?[A-Za-z][A-Za-z0-9_]{0,79})?$")]
OnContact = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,79}$")]
Currency = Annotated[str, Field(pattern=r"^(?:[A-Z]{3})?$")]


class SalesforceTable(Table):
    """`address`: the company's own, https://NAME.my.salesforce.com. The rest names fields: see `fields.Fields`."""

    tier: Name = ""
    flagged: Name = ""
    subscription: Name = ""
    health: Name = ""
    currency: Currency = ""
    ids: dict[str, Name] = Field(default_factory=dict)
    writable: dict[str, OnContact] = Field(default_factory=dict)

    def fields(self) -> Fields:
        return Fields(**self.model_dump(exclude=set(Table.model_fields)))


def connect(given: Given) -> Roles:
    wire, fields = _wire(given), given.table.fields()
    client = SalesforceClient(wire)
    return Roles(
        wire=wire,
        customers=SalesforceCustomers(client, fields, given.clock),
        relations=SalesforceRelations(client, fields, given.clock),
        relations_writer=None if given.reads_only else SalesforceWriter(client, fields, given.clock),
    )


def check(given: Given) -> Proof:
    """What the run-as user may see and set, by what Salesforce says of each kind of record."""
    wire = _wire(given)
    try:
        rights = tuple(_rights(SalesforceClient(wire), given.table.fields()))
    finally:
        wire.close()
    return Proof(httpx2.URL(given.table.address).host, rights)


def _rights(client: SalesforceClient, fields: Fields) -> Iterator[Right]:
    """A kind, or a field, that we may not see looks as if it did not exist."""
    kinds = {kind: _described(client, kind) for kind in ("Contact", "Account", "Opportunity", "Task")}
    seen = {kind: {one["name"]: one for one in told.get("fields", ())} for kind, told in kinds.items()}
    for name in dict.fromkeys(fields.asked()):
        of, _, own = name.rpartition(".")
        if of != "Owner":
            yield Right(f"see {of or 'Contact'}.{own}", own in seen[of or "Contact"], "reading")
    for name in ("Amount", "StageName", "CloseDate", *(() if fields.currency else ("CurrencyIsoCode",))):
        yield Right(f"see Opportunity.{name}", name in seen["Opportunity"], "reading")
    for name in fields.writable.values():
        yield Right(f"set Contact.{name}", seen["Contact"].get(name, {}).get("updateable") is True, "writing")
    kept = seen["Task"].get(KEY_FIELD, {})
    once = all(kept.get(word) is True for word in ("externalId", "unique", "createable"))
    yield Right(f"set Task.{KEY_FIELD}, an external id that is unique", once, "writing")
    for kind, told in kinds.items():
        if told.get("deletable") is True:
            yield Right(f"delete {kind}", True, "")


def _described(client: SalesforceClient, kind: str) -> dict[str, Any]:
    try:
        return client.describe(kind)
    except Missing:
        return {}


def _wire(given: Given) -> Wire:
    """Salesforce names no end of a token: a quarter of an hour is taken for it."""
    asked = {
        "client_id": given.secret("salesforce_client_id"),
        "client_secret": given.secret("salesforce_client_secret"),
    }
    tokens = Wire(given.table.address, transport=given.transport, patience=5.0)
    return given.wire(given.table.address, auth=ClientCredentials(tokens, TOKENS, asked, homes=HOMES))


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return SalesforceTwin(str(place / "salesforce.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="Salesforce",
    plays=frozenset({Role.CUSTOMERS, Role.RELATIONS}),
    table=SalesforceTable,
    secrets=(
        Secret("salesforce_client_id", "the consumer key of the external client app"),
        Secret("salesforce_client_secret", "its consumer secret"),
    ),
    steps=(
        "In Setup, open Object Manager > Task > Fields & Relationships > New: a text field of 64 characters, name "
        f"{KEY_FIELD.removesuffix('__c')}, with Unique and External ID ticked. (It belongs to Activity, which tasks "
        "share with events.)",
        "Make an integration user whose permission set reads Contact, Account, Opportunity and User with the fields "
        "that your desk names, and, for writing, edits the contact's fields that you allow and makes and edits tasks.",
        "Setup > External Client App Manager > New External Client App: enable OAuth, any callback address, the one "
        "scope Manage user data via APIs (api), and under Flow Enablement tick Client Credentials.",
        "On the app's Policies tab choose Edit: enable the client credentials flow, and set Run As to that user.",
        "Settings > OAuth Settings > Consumer Key and Secret: copy both.",
        "Write your My Domain address (https://NAME.my.salesforce.com) into desk.toml: the general login address does "
        "not serve this flow.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=("api", "read Contact, Account, Opportunity, User"),
    writing=("api", "edit the contact's fields that the desk names", f"create and edit Task with {KEY_FIELD}"),
    connect=connect,
    check=check,
    twin=twin,
    pace=Pace(15_000, 86_400),
    guards_versions=False,
)
