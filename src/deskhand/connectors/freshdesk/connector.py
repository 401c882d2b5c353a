"""Freshdesk as a connector."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import httpx2
from pydantic import Field

from deskhand.connectors.freshdesk import API, SYSTEM, webhook
from deskhand.connectors.freshdesk.customer_directory import FreshdeskCustomers
from deskhand.connectors.freshdesk.door import understood
from deskhand.connectors.freshdesk.feed import FreshdeskFeed
from deskhand.connectors.freshdesk.myself import Myself
from deskhand.connectors.freshdesk.ticket_desk import FreshdeskTickets
from deskhand.connectors.freshdesk.ticket_writer import FreshdeskWriter
from deskhand.connectors.freshdesk.twin import FreshdeskTwin
from deskhand.connectors.http.files import Files
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Missing, Refused

ADMINISTRATORS = ("Account Administrator", "Administrator")


class FreshdeskTable(Table):
    """`fields`: Freshdesk's names of the company's own fields, by the desk's; `tier`: its field of a contact that says
    theirs. `senders_checked`: forged mail is turned away before it
    reaches Freshdesk, and whoever writes in its portal has signed in."""

    fields: dict[str, str] = Field(default_factory=dict)
    tier: str = ""
    senders_checked: bool = False


def connect(given: Given) -> Roles:
    wire, table = _wire(given), given.table
    myself = Myself(wire)
    tickets = FreshdeskTickets(wire, myself, given.clock, table.fields, senders_checked=table.senders_checked)
    secrets = given.secret("freshdesk_webhook_token").split(",")

    def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery | None:
        return webhook.named(webhook.verify(secrets, headers, body, now), tickets)

    return Roles(
        wire=wire,
        tickets=tickets,
        replies=None if given.reads_only else FreshdeskWriter(wire, myself, given.clock, table.fields),
        feed=FreshdeskFeed(wire),
        attachments=Files(wire),
        customers=FreshdeskCustomers(wire, given.clock, table.tier),
        verify=verify,
    )


def check(given: Given) -> Proof:
    """Freshdesk has no scopes: the role of the agent is the scope, and one that is too wide is told."""
    wire = _wire(given)
    try:
        own = wire.read(f"{API}/agents/me")
        with understood("agent"):
            contact, kinds = own.get("contact") or {}, {str(one) for one in own.get("role_ids") or ()}
            account = f"{contact.get('name') or own['id']} at {given.table.address}"
        rights = [
            Right("read tickets", wire.may_read(f"{API}/tickets", per_page=1), "reading"),
            Right("read contacts", wire.may_read(f"{API}/contacts", per_page=1), "reading"),
        ]
        if _administers(wire, kinds):
            rights.append(Right("an administrator, who may do everything: give it a role of its own", True, ""))
    finally:
        wire.close()
    return Proof(account, tuple(rights))


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return FreshdeskTwin(str(place / "freshdesk.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="Freshdesk",
    plays=frozenset({Role.TICKETS, Role.CUSTOMERS}),
    table=FreshdeskTable,
    secrets=(
        Secret("freshdesk_key", "the API key of an agent of its own"),
        Secret("freshdesk_webhook_token", "32 random bytes, which the automation rule sends in a header"),
    ),
    steps=(
        "Open Admin > Team > Roles in Freshdesk and make a role with no more rights than are listed here.",
        "Open Admin > Team > Agents, and make an agent of its own for Deskhand with this role and no other.",
        "Sign in as this agent, click the picture at the top right, and open Profile settings.",
        "Click View API key, and copy it.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=("View tickets", "View contacts"),
    writing=("Reply to tickets", "Add notes", "Edit ticket properties", "Create tickets"),
    connect=connect,
    check=check,
    twin=twin,
    webhook=(
        "Open Admin > Workflows > Automations > Ticket updates in Freshdesk, and click New rule.",
        "Choose: when an action is performed by the requester, and a reply is sent.",
        "As the action choose Trigger webhook, with POST, the address below, and the encoding JSON.",
        "Add the custom header X-Deskhand-Token, with the token as its value.",
        "As the content choose Simple, and tick Ticket ID and Last public comment.",
        "Make a second rule like it under Ticket creation.",
    ),
    pace=Pace(200, 60.0),
    guards_versions=False,
)


def _wire(given: Given) -> Wire:
    auth = httpx2.BasicAuth(given.secret("freshdesk_key"), "X")
    return given.wire(given.table.address, auth=auth)


def _administers(wire: Wire, kinds: set[str]) -> bool:
    """By the names of its roles. Who may list those at all administers something: others are refused."""
    try:
        roles = wire.read(f"{API}/roles")
    except (Refused, Missing):
        return False
    with understood("list of roles"):
        return any(str(one["id"]) in kinds and one["name"] in ADMINISTRATORS for one in roles)
