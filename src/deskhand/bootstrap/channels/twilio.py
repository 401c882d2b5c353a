"""SMS and WhatsApp as channels, through Twilio or its twin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx2

from deskhand.bootstrap.channels.hooks import ChannelDoor
from deskhand.bootstrap.connections.connectors import Clock, Through, guarded
from deskhand.connectors import twilio
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.twilio.outlet import TwilioOutlet
from deskhand.connectors.twilio.twin import ACCOUNT, TOKEN, TwilioTwin
from deskhand.connectors.twilio.webhook import read, verify
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.incoming import Incoming
from deskhand.settings import Settings, TwilioTable

NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'  # TwiML: we answer later, by its API


@dataclass(frozen=True)
class Texting:
    """`twin` is set where Twilio is one."""

    outlet: TwilioOutlet
    door: ChannelDoor
    twin: TwilioTwin | None


def twilio_channel(settings: Settings, table: TwilioTable, clock: Clock, through: Through) -> Texting:
    """Two tokens with a comma between are both accepted at the door; the first one is sent."""
    twin = None
    if table.twin:
        place = settings.state / "twins"
        place.mkdir(parents=True, exist_ok=True)
        twin = TwilioTwin(str(place / "twilio.sqlite"), clock, table.door)
    elif not table.account:
        what = "channels.twilio.account: say which, or that it is a twin"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    tokens = [TOKEN] if twin else settings.secret("twilio_token").split(",")
    account = ACCOUNT if twin else table.account
    wire = Wire(
        twin.server if twin else table.address or twilio.ADDRESS,
        auth=httpx2.BasicAuth(account, tokens[0]),
        transport=guarded(settings, through)("twilio", InProcess(twin.app) if twin else None),
    )

    def receive(headers: Mapping[str, str], body: bytes, now: datetime) -> Incoming | None:
        return read(verify(tokens, table.door, headers, body))

    return Texting(TwilioOutlet(wire, account), ChannelDoor(receive, ("text/xml", NOTHING)), twin)
