"""E-mail as a channel: a mailbox that is read, and letters that go out into their threads."""

from collections.abc import Callable
from dataclasses import dataclass

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.connections.mail_tokens import mail_tokens
from deskhand.bootstrap.secret import desk_secret
from deskhand.connectors.imap.files import MailFiles
from deskhand.connectors.imap.mailbox import Mailbox
from deskhand.connectors.imap.reader import MailReader
from deskhand.connectors.imap.reading import Reading
from deskhand.connectors.imap.server import Guard, Server
from deskhand.connectors.imap.twin import PASSWORD, USER, ImapTwin
from deskhand.connectors.smtp.letter import address_of
from deskhand.connectors.smtp.mailer import SmtpMailer
from deskhand.connectors.smtp.outlet import MailOutlet
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.incoming import Incoming
from deskhand.infrastructure.thread_token import thread_of, thread_token
from deskhand.ports.threads import Threads
from deskhand.settings import EmailTable, Settings


@dataclass(frozen=True)
class Mail:
    """`twin` is set where the mailbox is one."""

    outlet: MailOutlet
    mailbox: Mailbox
    reading: Reading
    clock: Clock
    poll: float
    twin: ImapTwin | None

    def reader(self, threads: Threads, take: Callable[[Incoming], bool]) -> MailReader:
        return MailReader(self.mailbox, self.reading, threads, take, self.clock, poll=self.poll)

    @property
    def files(self) -> MailFiles:
        return MailFiles(self.mailbox)

    def close(self) -> None:
        if self.twin:
            self.twin.stop()


def mail_channel(settings: Settings, table: EmailTable, mailer: SmtpMailer | None, clock: Clock) -> Mail:
    """`DeskFault` where it could not answer, or says no sound address."""
    file = str(settings.folder / "desk.toml")
    if mailer is None or settings.table.systems.mail is None:
        raise DeskFault((Fault(file, 1, "channels.email needs [systems.mail]: else nobody could be answered"),))
    if table.files_itself and not table.sent:
        raise DeskFault((Fault(file, 1, "channels.email.files_itself needs `sent`: the folder it files into"),))
    twin = None
    if table.twin:
        place = settings.state / "twins"
        place.mkdir(parents=True, exist_ok=True)
        twin = ImapTwin(str(place / "mailbox.sqlite"), clock)
    at = mail_server(settings, table, twin)
    sender, secret = settings.table.systems.mail.sender, desk_secret(settings)
    sent = Mailbox(at, table.sent) if table.sent else None
    return Mail(
        outlet=MailOutlet(
            mailer,
            sender,
            clock,
            lambda conversation: thread_token(conversation, secret),
            sent=sent,
            files_itself=table.files_itself,
        ),
        mailbox=Mailbox(at, table.folder),
        reading=Reading(
            frozenset({address_of(sender), *table.own}), table.receiver, lambda token: thread_of(token, secret)
        ),
        clock=clock,
        poll=60 * table.poll_minutes,
        twin=twin,
    )


def mail_server(settings: Settings, table: EmailTable, twin: ImapTwin | None) -> Callable[[], Server]:
    """The twin opens its port when it is first asked for. `DeskFault` for a secret that is not set or no address."""
    if twin:
        return lambda: Server("127.0.0.1", twin.start(), Guard.NONE, USER, PASSWORD)
    try:
        if table.oauth:
            server = Server.parse(table.address, table.oauth.user, "", mail_tokens(settings, table.oauth, "imap"))
        else:
            server = Server.parse(table.address, settings.secret("imap_user"), settings.secret("imap_password"))
    except ValueError as error:
        file = str(settings.folder / "desk.toml")
        raise DeskFault((Fault(file, 1, f"channels.email.address: {error}"),)) from error
    return lambda: server
