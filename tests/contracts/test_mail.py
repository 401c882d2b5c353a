"""Sending letters: our client and a server of the same protocol agree on what was sent, and on what nobody knows."""

import hashlib
from collections.abc import Iterator
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.rigs import NOW, clock

from deskhand.connectors.smtp.letter import letter, recipient
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import LOST, NOT_TAKEN, SmtpTwin
from deskhand.domain.errors import Busy, ConnectorError, Invalid, NotSent, Refused, Unconfirmed
from deskhand.ports.writes import Mailer

SENDER = "Lumen Support <support@lumen.example>"
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"}
OF_THE_BODY = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


@pytest.fixture
def twin() -> Iterator[SmtpTwin]:
    made = SmtpTwin(":memory:", clock)
    yield made
    made.stop()


def mailer(twin: SmtpTwin, user: str = "", password: str = "") -> SmtpMailer:
    at = Server("127.0.0.1", twin.start(), Guard.NONE, user, password)
    return SmtpMailer(lambda: at, SENDER, clock, patience=0.5)


def taken(twin: SmtpTwin) -> list[EmailMessage]:
    return [_read(one["text"]) for one in twin.letters()]


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def _read(text: str) -> EmailMessage:
    return message_from_string(text, EmailMessage, policy=default)


def test_a_letter_arrives_as_it_was_written(twin: SmtpTwin) -> None:
    sender: Mailer = mailer(twin)
    receipt = sender.send(
        "ada@example.com", "Grüße: your export", "Hello Ada,\n\n.it is done.\n\n-- \nLumen", key="m/1"
    )
    (letter,) = taken(twin)

    assert letter["To"] == "ada@example.com"
    assert letter["From"] == SENDER
    assert letter["Subject"] == "Grüße: your export"
    assert letter["Date"].datetime == NOW
    assert text_of(letter) == "Hello Ada,\n\n.it is done.\n\n-- \nLumen\n"
    assert receipt.details == {"to": "ada@example.com", "subject": "Grüße: your export"}
    assert receipt.id == letter["Message-ID"]
    (envelope,) = twin.letters()
    assert (envelope["sender"], envelope["recipients"]) == ("support@lumen.example", ["ada@example.com"])


def test_machines_are_told_not_to_answer(twin: SmtpTwin) -> None:
    mailer(twin).send("ada@example.com", "Hello", "Text", key="m/1")

    assert taken(twin)[0]["Auto-Submitted"] == "auto-generated"


def test_the_key_names_the_letter(twin: SmtpTwin) -> None:
    """Whoever sends it again, on purpose, sends the same letter, and programs of readers know it for that."""
    first = mailer(twin).send("ada@example.com", "Hello", "Text", key="m/1")
    again = mailer(twin).send("ada@example.com", "Hello", "Text", key="m/1")
    other = mailer(twin).send("ada@example.com", "Hello", "Text", key="m/2")

    assert first.id == again.id == f"<{hashlib.sha256(b'm/1').hexdigest()[:32]}@lumen.example>"
    assert other.id != first.id


@pytest.mark.parametrize("fault", LOST)
def test_a_letter_whose_answer_is_lost_is_unconfirmed(twin: SmtpTwin, fault: str) -> None:
    twin.faults.append(fault)
    with pytest.raises(Unconfirmed):
        mailer(twin).send("ada@example.com", "Hello", "Text", key="m/1")

    assert len(taken(twin)) == 1


@pytest.mark.parametrize("fault", NOT_TAKEN)
def test_a_letter_that_was_not_taken_is_surely_not_sent(twin: SmtpTwin, fault: str) -> None:
    twin.faults.append(fault)
    with pytest.raises(ConnectorError) as failure:
        mailer(twin).send("ada@example.com", "Hello", "Text", key="m/1")

    kinds = {"deaf": NotSent, "drop at DATA": NotSent, "no such box": Invalid, "refused": Invalid}
    assert type(failure.value) is kinds.get(fault, Busy)
    assert "ada@example.com" not in str(failure.value)
    assert taken(twin) == []


def test_nobody_there_means_not_sent(twin: SmtpTwin) -> None:
    at = Server("127.0.0.1", twin.start(), Guard.NONE)
    twin.stop()
    with pytest.raises(NotSent):
        SmtpMailer(lambda: at, SENDER, clock).send("ada@example.com", "Hello", "Text", key="m/1")


def test_a_password_opens_and_a_wrong_one_does_not() -> None:
    twin = SmtpTwin(":memory:", clock, user=("us", "secret"))
    mailer(twin, user="us", password="secret").send("ada@example.com", "Hello", "Text", key="m/1")
    with pytest.raises(Refused) as refusal:
        mailer(twin, user="us", password="wrong").send("ada@example.com", "Hello", "Text", key="m/2")

    assert "wrong" not in str(refusal.value)
    assert len(taken(twin)) == 1
    twin.stop()


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ada",
        "ada@example.com, eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\nRCPT TO:<eve@example.com>",
        "Ada <ada@example.com>",
        '"ada\\"@example.com',
        "ada@example.com>",
        "ada@exa mple.com",
        "ada@@example.com",
        "ada@.com",
    ],
)
def test_what_is_not_one_address_is_refused(twin: SmtpTwin, to: str) -> None:
    with pytest.raises(Invalid, match="nothing was sent"):
        mailer(twin).send(to, "Hello", "Text", key="m/1")

    assert taken(twin) == []


@pytest.mark.parametrize("subject", ["", " ", "a\r\nBcc: eve@example.com", "a\nb", "a\x00b", "a\u2028b", "x" * 201])
def test_what_is_not_one_line_is_no_subject(twin: SmtpTwin, subject: str) -> None:
    with pytest.raises(Invalid, match="nothing was sent"):
        mailer(twin).send("ada@example.com", subject, "Text", key="m/1")

    assert taken(twin) == []


def test_a_domain_travels_in_ascii() -> None:
    assert recipient("ada@bücher.example") == "ada@xn--bcher-kva.example"


@given(st.text(), st.text(), st.text())
def test_no_text_makes_a_header_or_a_second_letter(to: str, subject: str, text: str) -> None:
    """Whatever is written, by whomever: the letter has the headers it should have, one recipient, and that text."""
    try:
        made = letter(SENDER, f"a{to}@example.com", subject, text, key=text, at=NOW)
    except Invalid:
        return
    wire = made.as_bytes().decode("ascii")
    read = _read(wire.replace("\r\n", "\n"))

    assert not set("\r\n") & set(wire.replace("\r\n", ""))
    assert set(read.keys()) == HEADERS | OF_THE_BODY
    assert len(read.keys()) == len(HEADERS | OF_THE_BODY)
    assert len(read["To"].addresses) == 1
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    assert text_of(read).rstrip("\n") == lines.rstrip("\n")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("smtps://mail.example.com:465", ("mail.example.com", 465, Guard.TLS)),
        ("smtp://mail.example.com:587", ("mail.example.com", 587, Guard.STARTTLS)),
        ("smtp-plain://127.0.0.1:1025", ("127.0.0.1", 1025, Guard.NONE)),
        ("smtp-plain://[::1]:1025", ("::1", 1025, Guard.NONE)),
    ],
)
def test_an_address_says_how_it_is_protected(address: str, wanted: tuple[str, int, Guard]) -> None:
    server = Server.parse(address)

    assert (server.host, server.port, server.guard) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "smtp-plain://mail.example.com:25",
        "smtp-plain://10.0.0.1:25",
        "mail.example.com:587",
        "smtp://mail.example.com",
        "smtp://mail.example.com:0",
        "https://mail.example.com:443",
    ],
)
def test_no_address_is_without_protection_but_on_this_machine(address: str) -> None:
    with pytest.raises(ValueError, match="smtp"):
        Server.parse(address)
