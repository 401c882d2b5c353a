"""What a desk may say in `[channels]`, and what it is told when that cannot work."""

from pathlib import Path

import pytest
from tests.contracts.rigs import clock

from deskhand.bootstrap.channels.email import mail_channel
from deskhand.bootstrap.channels.hooks import hook_doors
from deskhand.bootstrap.channels.twilio import twilio_channel
from deskhand.bootstrap.connections.connectors import straight
from deskhand.bootstrap.connections.mailer import mailer_of
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.domain.errors import DeskFault
from deskhand.settings import Settings, read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'
SENDER = "Lumen Support <support@lumen.example>"
MAIL = f'[systems.mail]\ntwin = true\nsender = "{SENDER}"\n'
HOOK = '[channels.hooks.shop]\nthread = "t"\nrequester = "r"\ntext = "x"\n'
SMTP = SmtpMailer(lambda: Server("127.0.0.1", 1, Guard.NONE), SENDER, clock)


def settings(folder: Path, text: str, **secrets: str) -> Settings:
    return Settings(folder, read_table(DESK + text, "desk.toml"), folder, "", secrets)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('address = "imaps://mail.example.com"', "an address is imaps://host:993"),
        ('address = "imap-plain://mail.example.com:143"', "for this machine only"),
        ('address = "imaps://mail.example.com:993"\nfiles_itself = true', "needs `sent`"),
    ],
)
def test_a_mailbox_that_cannot_work_is_a_fault(tmp_path: Path, text: str, fault: str) -> None:
    given = settings(
        tmp_path, f"{MAIL}[channels.email]\n{text}\n", DESKHAND_IMAP_USER="us", DESKHAND_IMAP_PASSWORD="secret"
    )
    assert given.table.channels.email is not None
    with pytest.raises(DeskFault, match=fault):
        mail_channel(given, given.table.channels.email, SMTP, clock)


def test_a_mailbox_without_a_way_to_answer_is_a_fault(tmp_path: Path) -> None:
    given = settings(tmp_path, "[channels.email]\ntwin = true\n")
    assert given.table.channels.email is not None
    with pytest.raises(DeskFault, match="nobody could be answered"):
        mail_channel(given, given.table.channels.email, None, clock)


def test_a_mailbox_wants_its_password_from_the_environment(tmp_path: Path) -> None:
    given = settings(tmp_path, f'{MAIL}[channels.email]\naddress = "imaps://mail.example.com:993"\n')
    assert given.table.channels.email is not None
    with pytest.raises(DeskFault, match="DESKHAND_IMAP_USER"):
        mail_channel(given, given.table.channels.email, SMTP, clock)


OAUTH = """
user = "support@lumen.example"
token_address = "https://login.microsoftonline.com/lumen/oauth2/v2.0/token"
client_id = "desk"
grant = "client_credentials"
scope = "https://outlook.office365.com/.default"
"""
WITH_TOKENS = f'{MAIL}[channels.email]\naddress = "imaps://mail.example.com:993"\n[channels.email.oauth]{OAUTH}'


def test_a_mailbox_with_tokens_wants_no_password(tmp_path: Path) -> None:
    given = settings(tmp_path, WITH_TOKENS, DESKHAND_IMAP_OAUTH_SECRET="secret")
    assert given.table.channels.email is not None

    assert mail_channel(given, given.table.channels.email, SMTP, clock).twin is None


@pytest.mark.parametrize(
    ("grant", "secrets", "missing"),
    [
        ("client_credentials", {"DESKHAND_MAIL_OAUTH_SECRET": "that of the way out"}, "DESKHAND_IMAP_OAUTH_SECRET"),
        ("refresh_token", {"DESKHAND_IMAP_OAUTH_SECRET": "secret"}, "DESKHAND_IMAP_OAUTH_REFRESH_TOKEN"),
    ],
)
def test_a_mailbox_with_tokens_says_which_secret_is_missing(
    tmp_path: Path, grant: str, secrets: dict[str, str], missing: str
) -> None:
    given = settings(tmp_path, WITH_TOKENS.replace("client_credentials", grant), **secrets)
    assert given.table.channels.email is not None
    with pytest.raises(DeskFault, match=missing):
        mail_channel(given, given.table.channels.email, SMTP, clock)


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("https://login", "http://login", "token_address is to be https://host/path"),
        ("/lumen/oauth2/v2.0/token", "", "token_address is to be https://host/path"),
        ("/lumen/", "/{tenant}/", "with the company's own tenant in it"),
        ("https://login", "https://us:secret@login", "no user, no query"),
        ('scope = "https://outlook.office365.com/.default"', "", "scope is to be said for client_credentials"),
        ("client_credentials", "password", "client_credentials"),
        ("support@lumen.example", "support@lumen.example\\u0001auth=Bearer x", "user"),
        ("user = ", "usr = ", "usr"),
        ('address = "imaps://mail.example.com:993"', "twin = true", "a twin needs no oauth"),
    ],
)
def test_signing_in_by_tokens_that_cannot_work_is_a_fault(tmp_path: Path, was: str, now: str, fault: str) -> None:
    assert was in WITH_TOKENS
    with pytest.raises(DeskFault, match=fault):
        settings(tmp_path, WITH_TOKENS.replace(was, now))


def test_letters_with_tokens_say_which_secret_is_missing(tmp_path: Path) -> None:
    table = f'[systems.mail]\naddress = "smtp://mail.example.com:587"\nsender = "{SENDER}"\n[systems.mail.oauth]{OAUTH}'
    given = settings(tmp_path, table, DESKHAND_MAIL_USER="us", DESKHAND_MAIL_PASSWORD="secret")
    assert given.table.systems.mail is not None
    with pytest.raises(DeskFault, match="DESKHAND_MAIL_OAUTH_SECRET"):
        mailer_of(given, given.table.systems.mail, None, clock)


@pytest.mark.parametrize("secret", ["short", "whsec_c2hvcnQ="])
def test_a_hook_whose_secret_can_be_guessed_is_a_fault(tmp_path: Path, secret: str) -> None:
    with pytest.raises(DeskFault, match="DESKHAND_HOOK_SHOP_SECRET"):
        hook_doors(settings(tmp_path, HOOK, DESKHAND_HOOK_SHOP_SECRET=secret))


@pytest.mark.parametrize("name", ["email", "slack", "sms", "twilio", "Shop", "a.b"])
def test_a_hook_takes_no_name_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeskFault, match="is no name for a hook"):
        settings(tmp_path, HOOK.replace("hooks.shop", f'hooks."{name}"'))


@pytest.mark.parametrize("address", ["http://shop.example/in", "ftp://shop.example", "https://user@shop.example"])
def test_an_event_goes_to_no_unprotected_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(DeskFault, match="address"):
        settings(tmp_path, f'{HOOK}address = "{address}"\n')


def test_twilio_without_an_account_is_a_fault(tmp_path: Path) -> None:
    given = settings(tmp_path, '[channels.twilio]\ndoor = "https://desk.example/hooks/twilio"\n')
    assert given.table.channels.twilio is not None
    with pytest.raises(DeskFault, match="account"):
        twilio_channel(given, given.table.channels.twilio, clock, straight)
