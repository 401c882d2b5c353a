"""HelpDock as a connector."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from pydantic import Field

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.domain.delivery import Delivery
from deskhand_helpdock import API, SYSTEM, webhook
from deskhand_helpdock.feed import HelpDockFeed
from deskhand_helpdock.parsing import understood
from deskhand_helpdock.ticket_desk import HelpDockTickets
from deskhand_helpdock.ticket_writer import HelpDockWriter
from deskhand_helpdock.twin import HelpDockTwin

RIGHTS = {"tickets:read": "reading", "tickets:write": "writing"}


class HelpDockTable(Table):
    """`fields`: HelpDock's names of the company's own fields, by the desk's."""

    fields: dict[str, str] = Field(default_factory=dict)


def connect(given: Given) -> Roles:
    wire, fields = _wire(given), given.table.fields
    secrets = given.secret("helpdock_webhook_secret").split(",")  # two while one is being changed

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
        return webhook.verify(secrets, headers, body, now)

    return Roles(
        wire=wire,
        tickets=HelpDockTickets(wire, given.clock, fields),
        replies=HelpDockWriter(wire, given.clock, fields),
        feed=HelpDockFeed(wire),
        verify=verify,
    )


def check(given: Given) -> Proof:
    wire = _wire(given)
    try:
        own = wire.read(f"{API}/me")
    finally:
        wire.close()
    with understood("account"):
        granted = set(own["rights"])
        rights = [Right(name, name in granted, needed) for name, needed in RIGHTS.items()]
        return Proof(str(own["name"]), (*rights, *(Right(one, True, "") for one in sorted(granted - set(RIGHTS)))))


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return HelpDockTwin(str(place / "helpdock.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="HelpDock",
    plays=frozenset({Role.TICKETS}),
    table=HelpDockTable,
    secrets=(
        Secret("helpdock_token", "the token of an application of its own"),
        Secret("helpdock_webhook_secret", "the secret that signs events", optional=True),
    ),
    steps=("Open Settings > Applications in HelpDock, make one for Deskhand, and copy its token.",),
    steps_as_of=date(2026, 11, 27),
    reading=("tickets:read",),
    writing=("tickets:write",),
    connect=connect,
    check=check,
    twin=twin,
    webhook=("Open Settings > Events in HelpDock, add the address below for messages, and copy the secret.",),
    pace=Pace(300, 60.0),
)


def _wire(given: Given) -> Wire:
    return given.wire(given.table.address, headers={"Authorization": f"Bearer {given.secret('helpdock_token')}"})
