"""Letters of ours at somebody else's server: it takes them, and holds what we meant."""

import mailbox
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from tests.contracts.rigs import NOW, clock
from tests.systems.emulators import free_port, no_program, program, running

from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer

pytestmark = pytest.mark.emulator

SENDER = "Lumen Support <support@lumen.example>"


@dataclass(frozen=True)
class Post:
    port: int
    folder: Path

    def letters(self) -> list[EmailMessage]:
        box = mailbox.Maildir(str(self.folder), create=False)
        read = BytesParser(EmailMessage, policy=policy.default)
        return [read.parsebytes(box.get_bytes(key)) for key in sorted(box.keys())]


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    if why := no_program("letters"):
        pytest.skip(why)
    port, folder = free_port(), tmp_path / "box"
    command: list[str | Path] = [program("letters"), "-m", "aiosmtpd", "--nosetuid", "--listen", f"127.0.0.1:{port}"]
    command += ["--class", "aiosmtpd.handlers.Mailbox", str(folder)]
    with running(command, tmp_path / "log") as wait:
        wait(lambda: smtplib.SMTP("127.0.0.1", port, timeout=5).quit())
        yield Post(port, folder)


@pytest.mark.parametrize(
    "text", ["Hello Ada,\n\nit is done.\n", ".\n.dots\n..\n", "Grüße 👋\n", "a" * 2000 + "\n", "From here on\n"]
)
def test_a_letter_arrives_as_it_was_written(post: Post, text: str) -> None:
    at = Server("127.0.0.1", post.port, Guard.NONE)
    receipt = SmtpMailer(lambda: at, SENDER, clock).send("ada@example.com", "Grüße: your export", text, key="m/1")
    (letter,) = post.letters()

    assert str(letter.get_content()).replace("\r\n", "\n") == text
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, "ada@example.com", "Grüße: your export")
    assert letter["Message-ID"] == receipt.id
    assert letter["Date"].datetime == NOW
    assert letter["Auto-Submitted"] == "auto-generated"


def test_one_letter_goes_to_one_person_alone(post: Post) -> None:
    at = Server("127.0.0.1", post.port, Guard.NONE)
    mailer = SmtpMailer(lambda: at, SENDER, clock)
    for name in ("ada", "lars"):
        mailer.send(f"{name}@example.com", "Hello", "Text", key=f"m/{name}")

    assert sorted(one["X-RcptTo"] for one in post.letters()) == ["ada@example.com", "lars@example.com"]
