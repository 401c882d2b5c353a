"""Letters of ours at somebody else's server that wants a token, and none before the connection is protected."""

import smtplib
import ssl
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.contracts.certificate import certificate_in
from tests.contracts.rigs import clock
from tests.systems.emulators import free_port, no_program, program, running

from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.domain.errors import Refused

pytestmark = pytest.mark.emulator

SENDER = "Lumen Support <support@lumen.example>"
TOKENS = {"short": "a" * 20, "long": "b" * 400}
# Run by aiosmtpd's own Python: what its documents say a sign-in of one's own is.
HANDLER = """
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult, MISSING
from base64 import b64decode


class Post(Mailbox):
    async def auth_XOAUTH2(self, server, args):
        said = b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        for token in TOKENS:
            if said == f"user=support@lumen.example\\1auth=Bearer {token}\\1\\1".encode():
                return AuthResult(success=True, auth_data=token)
        answer = await server.challenge_auth('{"status":"401"}')
        with open(REFUSED, "ab") as file:
            file.write(b"acknowledged\\n" if answer == b"" else b"not acknowledged\\n")
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"
"""


@dataclass(frozen=True)
class Post:
    port: int
    box: Path
    refused: Path
    trust: ssl.SSLContext

    def send(self, *tokens: str) -> None:
        held = deque(tokens)
        at = Server("127.0.0.1", self.port, Guard.STARTTLS, "support@lumen.example", "", lambda _: held.popleft())
        SmtpMailer(lambda: at, SENDER, clock, trust=self.trust).send("ada@example.com", "Hi", "Text", key="m/1")

    def letters(self) -> int:
        return len(list((self.box / "new").iterdir()))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    if why := no_program("letters"):
        pytest.skip(why)
    port, box, refused, certificate = free_port(), tmp_path / "box", tmp_path / "refused", certificate_in(tmp_path)
    (tmp_path / "handler.py").write_text(f"{HANDLER}\nTOKENS = {[*TOKENS.values()]!r}\nREFUSED = {str(refused)!r}\n")
    command: list[str | Path] = [program("letters"), "-m", "aiosmtpd", "--nosetuid", "--listen", f"127.0.0.1:{port}"]
    command += ["--tlscert", certificate, "--tlskey", certificate, "--class", "handler.Post", box]
    with running(command, tmp_path / "log", {"PYTHONPATH": str(tmp_path)}) as wait:
        wait(lambda: smtplib.SMTP("127.0.0.1", port, timeout=5).quit())
        yield Post(port, box, refused, ssl.create_default_context(cafile=str(certificate)))


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_a_letter_is_taken_from_whoever_has_a_token(post: Post, token: str) -> None:
    post.send(token)

    assert post.letters() == 1


def test_after_a_refused_token_another_one_is_taken(post: Post) -> None:
    post.send("ended", TOKENS["short"])

    assert post.letters() == 1
    assert post.refused.read_text() == "acknowledged\n"


def test_two_refused_tokens_are_the_end(post: Post) -> None:
    with pytest.raises(Refused, match="our token is not accepted"):
        post.send("ended", "no better")

    assert post.letters() == 0
    assert post.refused.read_text() == "acknowledged\n" * 2
