"""Zendesk Support as a connector."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import httpx2
from pydantic import Field

from deskhand.connectors.http.files import Files
from deskhand.connectors.http.oauth import ClientCredentials
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Pace, Proof, Right, Role, Roles, Secret, Table, Twin
from deskhand.connectors.zendesk import SYSTEM, webhook
from deskhand.connectors.zendesk.door import understood
from deskhand.connectors.zendesk.feed import ZendeskFeed
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.domain.errors import DeskFault, Fault, Refused

READING = ("tickets:read", "users:read", "organizations:read", "hc:read")
WRITING = ("tickets:write",)
BASIC_ENDS = date(2027, 4, 30)  # Zendesk accepts no e-mail address with an API token after it
LASTS = 3600  # seconds of a token


class ZendeskTable(Table):
    """`fields`: the ids of the company's own fields, by the desk's names of them. `scopes` are asked for with an OAuth
    client; a desk that only reads leaves `tickets:write` out."""

    fields: dict[str, int] = Field(default_factory=dict)
    scopes: tuple[str, ...] = READING + WRITING


def connect(given: Given) -> Roles:
    wire = _wire(given)
    secrets, fields = given.secret("zendesk_webhook_secret").split(","), given.table.fields
    return Roles(
        wire=wire,
        tickets=ZendeskTickets(wire, given.secret("zendesk_user"), given.clock, fields),
        replies=None if given.reads_only else ZendeskWriter(wire, given.clock, fields),
        feed=ZendeskFeed(wire),
        attachments=Files(wire),
        verify=lambda headers, body, at: webhook.verify(secrets, headers, body, at),
    )


def check(given: Given) -> Proof:
    """A token without a scope is given all the same, and refused at each call: so each right is tried by reading."""
    wire = _wire(given)
    try:
        me = _me(wire)
        own = str(me["id"])
        rights = [
            Right("tickets:read", wire.may_read("/api/v2/tickets", external_id="deskhand"), "reading"),
            Right("users:read", wire.may_read(f"/api/v2/users/{own}/identities"), "reading"),
        ]
    finally:
        wire.close()
    if own != given.secret("zendesk_user"):
        rights.append(Right(f"to know its own comments: it is user {own}, set DESKHAND_ZENDESK_USER", False, "reading"))
    if me.get("role") == "admin":
        rights.append(Right("an administrator, who may do everything: use an agent of its own", True, ""))
    basic = _basic(given)
    if basic:
        rights.append(Right(f"an API token, which Zendesk ends on {BASIC_ENDS}: make an OAuth client", True, ""))
    account = f"{me.get('name') or own} at {given.table.address}"
    return Proof(account, tuple(rights), BASIC_ENDS if basic else None)


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return ZendeskTwin(str(place / "zendesk.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="Zendesk Support",
    plays=frozenset({Role.TICKETS}),
    table=ZendeskTable,
    secrets=(
        Secret("zendesk_client_id", "the identifier of an OAuth client", optional=True),
        Secret("zendesk_client_secret", "its secret, which is shown once", optional=True),
        Secret("zendesk_token", "or an access token that somebody made", optional=True),
        Secret("zendesk_email", "or, until 30 April 2027, an agent's address", optional=True),
        Secret("zendesk_api_token", "with an API token", optional=True),
        Secret("zendesk_user", "the id of the user we write as"),
        Secret("zendesk_webhook_secret", "the signing secret of the webhook"),
    ),
    steps=(
        "Make an agent of its own for Deskhand in Zendesk, with the smallest role that may read and answer tickets.",
        "Sign in as an administrator, and open Admin Center > Apps and integrations > APIs > OAuth clients.",
        "Click Add OAuth client, choose the kind Confidential, and save: its token acts as whoever made the client.",
        "Copy the identifier and the secret; the secret is shown once.",
        "Open the agent's profile, and copy the number at the end of its address: it is the user's id.",
    ),
    steps_as_of=date(2026, 11, 23),
    reading=READING,
    writing=WRITING,
    connect=connect,
    check=check,
    twin=twin,
    webhook=(
        "Open Admin Center > Apps and integrations > Webhooks, and click Create webhook.",
        "Choose Zendesk events, and of them ticket.created and ticket.comment_added.",
        "Enter the address below, with POST and JSON, and save.",
        "Click Reveal secret, and copy it.",
    ),
    pace=Pace(200, 60.0),
)


def _wire(given: Given) -> Wire:
    address = given.table.address
    if client := given.secret("zendesk_client_id"):
        asked: dict[str, str | int] = {
            "client_id": client,
            "client_secret": given.secret("zendesk_client_secret"),
            "scope": " ".join(given.table.scopes),
            "expires_in": LASTS,
        }
        tokens = Wire(address, transport=given.transport, patience=5.0)
        return given.wire(address, auth=ClientCredentials(tokens, "/oauth/tokens", asked, as_json=True))
    if basic := _basic(given):
        return given.wire(address, auth=basic)
    if token := given.secret("zendesk_token"):
        return given.wire(address, headers={"authorization": f"Bearer {token}"})
    what = "set DESKHAND_ZENDESK_CLIENT_ID and DESKHAND_ZENDESK_CLIENT_SECRET, or DESKHAND_ZENDESK_TOKEN"
    raise DeskFault((Fault("desk.toml", 1, what),))


def _basic(given: Given) -> httpx2.BasicAuth | None:
    """None where there is something better."""
    if given.secret("zendesk_client_id") or not given.secret("zendesk_api_token"):
        return None
    return httpx2.BasicAuth(f"{given.secret('zendesk_email')}/token", given.secret("zendesk_api_token"))


def _me(wire: Wire) -> dict[str, object]:
    """Nobody in particular is somebody to Zendesk, without an id."""
    with understood("user"):
        me: dict[str, object] = dict(wire.read("/api/v2/users/me")["user"])
        known = me["id"]
    if not known:
        raise Refused("GET /api/v2/users/me: the credentials are nobody's")
    return me
