"""Slack as a channel, or its twin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deskhand.bootstrap.channels.hooks import ChannelDoor
from deskhand.bootstrap.connections.connectors import Clock, Through, guarded
from deskhand.connectors import slack
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.outlet import SlackOutlet
from deskhand.connectors.slack.people import SlackPeople
from deskhand.connectors.slack.twin import SECRET, TOKEN, SlackTwin
from deskhand.connectors.slack.webhook import read, verify
from deskhand.domain.incoming import Challenge, Incoming
from deskhand.settings import Settings, SlackTable

AT_THE_DOOR = 1.5  # seconds for looking somebody up: Slack waits three for our answer


@dataclass(frozen=True)
class Chatting:
    """`twin` is set where Slack is one."""

    client: SlackClient
    outlet: SlackOutlet
    door: ChannelDoor
    twin: SlackTwin | None


def slack_channel(settings: Settings, table: SlackTable, clock: Clock, through: Through) -> Chatting:
    """Two signing secrets with a comma between are both accepted."""
    twin = None
    if table.twin:
        place = settings.state / "twins"
        place.mkdir(parents=True, exist_ok=True)
        twin = SlackTwin(str(place / "slack.sqlite"), clock)
    token = TOKEN if twin else settings.secret("slack_token")
    signing = [SECRET] if twin else settings.secret("slack_signing_secret").split(",")
    address = twin.server if twin else table.address or slack.ADDRESS
    headers = {"authorization": f"Bearer {token}"}
    way = guarded(settings, through)(slack.SYSTEM, InProcess(twin.app) if twin else None)
    client = SlackClient(Wire(address, headers=headers, transport=way))
    hasty = SlackClient(
        Wire(address, headers=headers, transport=way, patience=0.001, deadline=AT_THE_DOOR, silence=AT_THE_DOOR)
    )
    people = SlackPeople(hasty)

    def receive(headers: Mapping[str, str], body: bytes, now: datetime) -> Incoming | Challenge | None:
        return read(verify(signing, headers, body, now), table.channels, people.who)

    return Chatting(client, SlackOutlet(client), ChannelDoor(receive), twin)
