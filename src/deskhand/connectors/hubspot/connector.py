"""What HubSpot is to a desk: how it is named, set up and proved."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.hubspot import ADDRESS, SYSTEM
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.customer_directory import HubspotCustomers
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.relations import HubspotRelations
from deskhand.connectors.hubspot.relations_writer import HubspotWriter
from deskhand.connectors.hubspot.twin import HubspotTwin
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.domain.errors import Invalid, Missing, Refused

Name = Annotated[str, Field(pattern=r"^(?:(?:company\.)?[a-z][a-z0-9_]{0,99})?$")]
OnContact = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,99}$")]
Currency = Annotated[str, Field(pattern=r"^(?:[A-Z]{3})?$")]
READING = tuple(f"crm.objects.{kind}.read" for kind in ("contacts", "companies", "deals", "owners"))
WRITING = ("crm.objects.contacts.write",)


class HubspotTable(Table):
    """The names of properties: see `fields.Fields`."""

    tier: Name = ""
    flagged: Name = ""
    subscription: Name = ""
    health: Name = ""
    currency: Currency = ""
    stages: dict[str, str] = Field(default_factory=dict)
    ids: dict[str, Name] = Field(default_factory=dict)
    writable: dict[str, OnContact] = Field(default_factory=dict)

    def fields(self) -> Fields:
        return Fields(**self.model_dump(exclude=set(Table.model_fields)))


def connect(given: Given) -> Roles:
    wire, fields = _wire(given), given.table.fields()
    client = HubspotClient(wire)
    return Roles(
        wire=wire,
        customers=HubspotCustomers(client, fields, given.clock),
        relations=HubspotRelations(client, fields, given.clock),
        relations_writer=None if given.reads_only else HubspotWriter(client, fields, given.clock),
    )


def check(given: Given) -> Proof:
    """The key's own scopes; where HubSpot tells them of no such key, what it lets us read."""
    wire = _wire(given)
    client = HubspotClient(wire)
    try:
        try:
            told = client.token(given.secret("hubspot_key"))
        except (Invalid, Missing):
            return Proof("HubSpot", tuple(_tried(client)))
        scopes = {str(one) for one in told.get("scopes") or ()}
        return Proof(f"HubSpot account {told.get('hubId', 'without a number')}", tuple(_rights(scopes)))
    finally:
        wire.close()


def _rights(scopes: set[str]) -> Iterator[Right]:
    yield from (Right(one, one in scopes, "reading") for one in READING)
    yield from (Right(one, one in scopes, "writing") for one in WRITING)
    yield from (Right(one, True, "") for one in sorted(scopes - {*READING, *WRITING, "oauth"}))


def _tried(client: HubspotClient) -> Iterator[Right]:
    """Whether it may write is seen only by writing. A key that is not accepted at all raises `Refused`."""
    for scope in READING[:3]:
        try:
            client.seen(scope.split(".")[2])
        except Refused as error:
            if scope not in str(error):
                raise
            yield Right(scope, False, "reading")
        else:
            yield Right(scope, True, "reading")


def _wire(given: Given) -> Wire:
    headers = {"authorization": f"Bearer {given.secret('hubspot_key')}"}
    return given.wire(given.table.address or ADDRESS, headers=headers)


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return HubspotTwin(str(place / "hubspot.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="HubSpot",
    plays=frozenset({Role.CUSTOMERS, Role.RELATIONS}),
    table=HubspotTable,
    secrets=(Secret("hubspot_key", "a service key, or the access token of a private app"),),
    steps=(
        "In HubSpot, as a super admin, open Development > Keys > Service keys and choose Create service key.",
        "Add the scopes " + ", ".join(READING) + "; for notes, tasks and changes of contacts also " + WRITING[0] + ".",
        "Create it and copy the key. It does not end by itself.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=READING,
    writing=WRITING,
    connect=connect,
    check=check,
    twin=twin,
    pace=Pace(100, 10),
    guards_versions=False,
)
