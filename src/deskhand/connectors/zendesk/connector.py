"""Zendesk Support as a connector."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from pydantic import Field

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.manifest import Connector, Given, Proof, Role, Roles, Secret, Table, Twin
from deskhand.connectors.zendesk import SYSTEM, webhook
from deskhand.connectors.zendesk.ticket_desk import ZendeskTickets
from deskhand.connectors.zendesk.ticket_writer import ZendeskWriter
from deskhand.connectors.zendesk.twin import ZendeskTwin


class ZendeskTable(Table):
    """`fields`: the ids of the company's own fields, by the desk's names of them."""

    fields: dict[str, int] = Field(default_factory=dict)


def connect(given: Given) -> Roles:
    headers = {"authorization": f"Bearer {given.secret('zendesk_token')}"}
    wire = Wire(given.table.address, headers=headers, transport=given.transport)
    secrets, fields = given.secret("zendesk_webhook_secret").split(","), given.table.fields
    return Roles(
        wire=wire,
        tickets=ZendeskTickets(wire, given.secret("zendesk_user"), given.clock, fields),
        replies=ZendeskWriter(wire, given.clock, fields),
        verify=lambda headers, body, at: webhook.verify(secrets, headers, body, at),
    )


def check(given: Given) -> Proof:
    raise NotImplementedError


def twin(place: Path, clock: Callable[[], datetime]) -> Twin:
    return ZendeskTwin(str(place / "zendesk.sqlite"), clock)


CONNECTOR = Connector(
    system=SYSTEM,
    title="Zendesk Support",
    plays=frozenset({Role.TICKETS}),
    table=ZendeskTable,
    secrets=(
        Secret("zendesk_token", "an access token"),
        Secret("zendesk_user", "the id of the user we write as"),
        Secret("zendesk_webhook_secret", "the signing secret of the webhook"),
    ),
    steps=(),
    steps_as_of=date(2026, 11, 23),
    reading=(),
    writing=(),
    connect=connect,
    check=check,
    twin=twin,
)
