"""A channel's conversation in a store of its own, its twin, and lives of ours that may end at any line."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from tests.contracts.rigs import NOW, clock

from deskhand.connectors.channel.writer import ChannelWriter
from deskhand.connectors.http.faulty import Faulty
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.imap.mailbox import Mailbox
from deskhand.connectors.imap.server import Guard as ImapGuard
from deskhand.connectors.imap.server import Server as ImapServer
from deskhand.connectors.imap.twin import PASSWORD, USER, ImapTwin
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.outlet import SlackOutlet
from deskhand.connectors.slack.twin import CHANNEL, SlackTwin
from deskhand.connectors.slack.twin import TOKEN as SLACK_TOKEN
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.outlet import MailOutlet
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.connectors.twilio.outlet import TwilioOutlet
from deskhand.connectors.twilio.twin import ACCOUNT, NUMBER, TOKEN, TwilioTwin
from deskhand.domain.action import Receipt
from deskhand.domain.errors import ConnectorError, Unconfirmed
from deskhand.domain.incoming import Incoming
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Requester
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.threads import SqlThreads
from deskhand.ports.writes import Outlet

SENDER = "Lumen Support <support@lumen.example>"
KEY = "reply/deskhand:ticket:t/1"


class Died(BaseException):
    """The process, at this line."""


class Death:
    """Strikes before the step of this number, counted from 0, of all that goes on between us and elsewhere."""

    def __init__(self, at: int | None):
        self.at, self.steps = at, 0

    def step(self) -> None:
        self.steps += 1
        if self.at is not None and self.steps > self.at:
            raise Died


class Mortal:
    """An object each of whose calls has a step before it, and one after it."""

    def __init__(self, inner: Any, death: Death):
        self._inner, self._death = inner, death

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self._death.step()
            answer = found(*args, **kwargs)
            self._death.step()
            return answer

        return call


class Line(httpx2.BaseTransport):
    """The same for requests over HTTP."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner, self.death = inner, Death(None)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.death.step()
        answer = self.inner.handle_request(request)
        answer.read()
        self.death.step()
        return answer


@dataclass
class Rig:
    """`outlet` is made anew for each life; `sent` are the texts that arrived; `faults` strike at the twin in order."""

    threads: SqlThreads
    ref: Ref
    outlet: Callable[[], Outlet]
    sent: Callable[[], list[str]]
    faults: deque[str]
    line: Line | None = None
    limited: bool = False  # whether a loop is stopped: a hundred replies within one moment are the test's own
    errors: deque[str] = field(default_factory=deque)
    raw: Callable[[], list[str]] = list

    def writer(self, death: Death | None = None) -> ChannelWriter:
        death = death or Death(None)
        if self.line:
            self.line.death = death
        threads = Mortal(self.threads, death)
        outlet = self.outlet()
        if not self.limited:
            outlet.most_an_hour = None
        return ChannelWriter(threads, self.threads.conversations, {"it": outlet}, clock)

    def live(self, text: str = "Refunded.", *, key: str = KEY, death: Death | None = None) -> Receipt | None:
        """One attempt as the executor makes it: look, act where nothing is there, look when the answer is lost. None
        when nobody can tell yet."""
        writer = self.writer(death)
        try:
            return writer.find_effect(self.ref, key=key) or writer.reply(self.ref, text, public=True, key=key)
        except Unconfirmed:
            pass
        except ConnectorError:
            return None
        try:
            return writer.find_effect(self.ref, key=key)
        except ConnectorError:
            return None

    def until_told(self, text: str = "Refunded.", *, key: str = KEY, death: Death | None = None) -> Receipt | None:
        """Attempts like the executor's, the first of which may end with `death`."""
        found = None
        for life in range(4):
            try:
                found = self.live(text, key=key, death=death if life == 0 else None)
            except Died:
                found = None
            if found:
                return found
        return None

    def said(self) -> list[str]:
        """What our own store says that we said."""
        messages = self.threads.conversations.ticket(self.ref).value.messages
        return [one.text for one in messages if one.author is Author.ASSISTANT]


@contextmanager
def twilio(folder: Path) -> Iterator[Rig]:
    """SMS."""
    threads, twin, faults = (
        store(folder),
        TwilioTwin(":memory:", clock, "https://desk.example/hooks/twilio"),
        deque[str](),
    )
    ada = Requester("", "", verified=False, phone="+15005550006")
    route = {"from": NUMBER, "to": ada.phone}
    line = Line(Faulty(InProcess(twin.app), faults))
    wire = Wire(twin.server, auth=httpx2.BasicAuth(ACCOUNT, TOKEN), transport=line, deadline=0.2)
    ref = opened(threads, Incoming("it", "SM1", ada, "Hello", outer="SM1", thread="t", route=route))
    yield Rig(
        threads,
        ref,
        lambda: TwilioOutlet(wire, ACCOUNT),
        lambda: [one["body"] for one in twin.messages()],
        faults,
        line,
    )
    wire.close()
    twin.store.close()
    threads.engine.dispose()


@contextmanager
def slack(folder: Path) -> Iterator[Rig]:
    """A thread of a channel."""
    threads, twin, faults = store(folder), SlackTwin(":memory:", clock), deque[str]()
    line = Line(Faulty(InProcess(twin.app), faults))
    wire = Wire(twin.server, headers={"authorization": f"Bearer {SLACK_TOKEN}"}, transport=line, deadline=0.2)
    ts = json.loads(twin.receive("U0ADA", "Hello")[1])["event"]["ts"]
    route = {"channel": CHANNEL, "thread": ts, "user": "U0ADA"}
    ada = Requester("Ada", "ada@example.com", verified=False)
    ref = opened(threads, Incoming("it", "Ev1", ada, "Hello", outer=ts, thread="t", shared=True, route=route))
    yield Rig(
        threads,
        ref,
        lambda: SlackOutlet(SlackClient(wire)),
        lambda: [one["text"] for one in twin.posted()],
        faults,
        line,
        errors=twin.errors,
    )
    wire.close()
    twin.store.close()
    threads.engine.dispose()


def store(folder: Path) -> SqlThreads:
    database = connect(f"sqlite:///{folder / 'desk.sqlite'}")
    migrate(database)
    return SqlThreads(Conversations(database, clock, lambda text: text))


def opened(threads: SqlThreads, incoming: Incoming) -> Ref:
    """The conversation that begins with this message."""
    ref = threads.conversation_of(incoming, "m1", NOW)
    threads.keep(ref, "m1", incoming.text, incoming, author=Author.CUSTOMER, public=True)
    return ref


@contextmanager
def mail(folder: Path, *, files_itself: bool = True) -> Iterator[Rig]:
    """E-mail, at a server that files what it sends, or at one that does not and shows no folder of it."""
    threads = store(folder)
    box = ImapTwin(":memory:", clock)

    class Filing(SmtpTwin):
        def take(self, letter: dict[str, Any]) -> None:
            super().take(letter)
            box.deliver(letter["text"].encode(), "Sent")

    twin = Filing(":memory:", clock)
    incoming = Incoming("it", "<1@a.b>", Requester("Ada", "ada@example.com", False), "Hello", outer="<1@a.b>")
    sent = Mailbox(lambda: ImapServer("127.0.0.1", box.start(), ImapGuard.NONE, USER, PASSWORD), "Sent")
    mailer = SmtpMailer(lambda: Server("127.0.0.1", twin.start(), Guard.NONE), SENDER, clock, patience=0.5)

    def outlet() -> Outlet:
        folder = sent if files_itself else None
        return MailOutlet(mailer, SENDER, clock, lambda talk: "t1.s", sent=folder, files_itself=files_itself)

    texts = lambda: [one["text"].partition("\r\n\r\n")[2].strip() for one in twin.letters()]  # noqa: E731
    yield Rig(
        threads,
        opened(threads, incoming),
        outlet,
        texts,
        twin.faults,
        raw=lambda: [one["text"] for one in twin.letters()],
    )
    twin.stop()
    box.stop()
    threads.engine.dispose()
