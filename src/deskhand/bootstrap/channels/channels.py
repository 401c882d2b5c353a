"""The channels that a desk hosts itself: what comes in by them, and the way out for its answers."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from deskhand.bootstrap.channels.email import Mail, mail_channel
from deskhand.bootstrap.channels.hooks import ChannelDoor, hook_doors
from deskhand.bootstrap.channels.slack import slack_channel
from deskhand.bootstrap.channels.twilio import twilio_channel
from deskhand.bootstrap.connections.connectors import Clock, Through
from deskhand.connectors.channel.writer import ChannelWriter
from deskhand.connectors.imap import SYSTEM as EMAIL
from deskhand.connectors.slack import SYSTEM as SLACK
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.twin import SlackTwin
from deskhand.connectors.smtp.mailer import SmtpMailer
from deskhand.connectors.twilio import SMS, WHATSAPP
from deskhand.connectors.twilio.twin import TwilioTwin
from deskhand.domain.incoming import Incoming
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.threads import SqlThreads
from deskhand.ports.reads import AttachmentReads
from deskhand.ports.writes import Outlet
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_in_message import take_in_message

LONG = 10.0  # seconds that a reader may need to stop


@dataclass(frozen=True)
class Channels:
    """`writer` answers in all conversations of ours."""

    threads: SqlThreads
    writer: ChannelWriter
    doors: Mapping[str, ChannelDoor] = field(default_factory=dict)
    mail: Mail | None = None
    twilio_twin: TwilioTwin | None = None
    slack_twin: SlackTwin | None = None
    slack: SlackClient | None = None
    _closes: tuple[Callable[[], None], ...] = field(default=())

    def take(self, desk: Desk, incoming: Incoming) -> bool:
        """File a message of a channel once; whether its run will start."""
        return take_in_message(desk, self.threads, incoming)

    @property
    def files(self) -> Mapping[str, AttachmentReads]:
        """What fetches attachments, as `Desk.files` names it."""
        return {f"{self.threads.system}/{EMAIL}": self.mail.files} if self.mail else {}

    @contextmanager
    def listening(self, desk: Desk) -> Iterator[None]:
        """Until the block ends, what sends no events is read beside all other work."""
        if self.mail is None:
            yield
            return
        stop = threading.Event()
        reader = self.mail.reader(self.threads, lambda incoming: self.take(desk, incoming))
        thread = threading.Thread(target=reader.run, args=(stop,), name="mailbox", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(LONG)

    def close(self) -> None:
        for one in self._closes:
            one()


def connect_channels(
    settings: Settings, mailer: SmtpMailer | None, conversations: Conversations, clock: Clock, through: Through
) -> Channels:
    """What [channels] names, each by its twin or at its address."""
    threads, table = SqlThreads(conversations), settings.table.channels
    mail = mail_channel(settings, table.email, mailer, clock) if table.email else None
    outlets: dict[str, Outlet] = {EMAIL: mail.outlet} if mail else {}
    closes = (mail.close,) if mail else ()
    doors = hook_doors(settings)
    sms = twilio_channel(settings, table.twilio, clock, through) if table.twilio else None
    if sms:
        outlets |= dict.fromkeys((SMS, WHATSAPP), sms.outlet)
        doors["twilio"] = sms.door
    slack = slack_channel(settings, table.slack, clock, through) if table.slack else None
    if slack:
        outlets[SLACK], doors[SLACK] = slack.outlet, slack.door
    writer = ChannelWriter(threads, conversations, outlets, clock)
    twilio_twin, slack_twin = sms.twin if sms else None, slack.twin if slack else None
    return Channels(threads, writer, doors, mail, twilio_twin, slack_twin, slack.client if slack else None, closes)
