"""What hands letters in, as `[systems.mail]` says."""

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.connections.mail_tokens import mail_tokens
from deskhand.connectors.smtp.letter import address_of
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.domain.errors import DeskFault, Fault, Invalid
from deskhand.settings import MailTable, Settings


def mailer_of(settings: Settings, table: MailTable, twin: SmtpTwin | None, clock: Clock) -> SmtpMailer:
    """The twin opens its port with the first letter, and not before."""
    file = str(settings.folder / "desk.toml")
    try:
        address_of(table.sender)
    except Invalid as error:
        what = 'systems.mail.sender: say who the letters are from, as "Name <address>"'
        raise DeskFault((Fault(file, 1, what),)) from error
    if twin:
        return SmtpMailer(lambda: Server("127.0.0.1", twin.start(), Guard.NONE), table.sender, clock)
    user = table.oauth.user if table.oauth else settings.secrets.get("DESKHAND_MAIL_USER", "")
    password = settings.secret("mail_password") if user and not table.oauth else ""
    tokens = mail_tokens(settings, table.oauth, "mail") if table.oauth else None
    try:
        server = Server.parse(table.address, user, password, tokens)
    except ValueError as error:
        raise DeskFault((Fault(file, 1, f"systems.mail.address: {error}"),)) from error
    return SmtpMailer(lambda: server, table.sender, clock)
