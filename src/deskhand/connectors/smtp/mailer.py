"""Sending e-mail: nothing goes out unprotected, and one lost answer is told from what was surely not sent."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from enum import StrEnum

from deskhand.connectors.bearer.client import Tokens, mechanism, sign_in_by, words
from deskhand.connectors.http.this_machine import this_machine
from deskhand.connectors.smtp import SYSTEM
from deskhand.connectors.smtp.letter import AI_GENERATED, address_of, letter, recipient
from deskhand.domain.action import Receipt
from deskhand.domain.effect import letter_by_ai
from deskhand.domain.errors import Busy, ConnectorError, Invalid, NotSent, Refused, Unconfirmed

PATIENCE = 30.0  # seconds for each answer of the server
INLINE = 360  # characters that fit, encoded, into a command of 512 (RFC 4954); more have a line of their own


class Guard(StrEnum):
    """How a connection is protected. NONE is for this machine only."""

    TLS = "smtps"
    STARTTLS = "smtp"
    NONE = "smtp-plain"


@dataclass(frozen=True)
class Server:
    """Where letters are handed in. `user` is empty where the server asks for none; `tokens`, where there are any, sign
    in instead of the password."""

    host: str
    port: int
    guard: Guard
    user: str = ""
    password: str = field(default="", repr=False)
    tokens: Tokens | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.guard is Guard.NONE and not this_machine(self.host):
            raise ValueError("smtp-plain:// is for this machine only (127.0.0.1): say smtp:// or smtps://")

    @classmethod
    def parse(cls, address: str, user: str = "", password: str = "", tokens: Tokens | None = None) -> "Server":
        """From "smtps://host:465" or "smtp://host:587". ValueError, with a sentence, for anything else."""
        found = re.fullmatch(r"(smtps|smtp|smtp-plain)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):([0-9]{1,5})", address)
        if not found or not 0 < int(found[3]) < 65536:
            raise ValueError("an address is smtps://host:465, or smtp://host:587 for STARTTLS")
        return cls(found[2].strip("[]"), int(found[3]), Guard(found[1]), user, password, tokens)


class SmtpMailer:
    """See `ports.writes.Mailer`. `sender` is "Name <address>"; `server` is asked for at every letter."""

    system = SYSTEM

    def __init__(
        self,
        server: Callable[[], Server],
        sender: str,
        clock: Callable[[], datetime],
        *,
        trust: ssl.SSLContext | None = None,
        patience: float = PATIENCE,
    ):
        self._server, self._sender, self._clock = server, sender, clock
        self._trust, self._patience = trust, patience

    def send(self, to: str, subject: str, text: str, *, key: str) -> Receipt:
        made = letter(self._sender, to, subject, text, key=key, at=self._clock())
        if letter_by_ai(key):
            made[AI_GENERATED] = "true"
        self.hand_in(made, to, key=key)
        return Receipt(key, SYSTEM, str(made["Message-ID"]), self._clock(), {"to": to, "subject": subject})

    def check(self) -> str:
        """Sign in, and send nothing; as whom. A `ConnectorError` says why that cannot be."""
        at = self._server()
        with self._connected(at, f"SMTP {at.host}:{at.port}"):
            return at.user

    def hand_in(self, made: EmailMessage, to: str, *, key: str, about_to: Callable[[], None] = lambda: None) -> None:
        """This very letter. `about_to` is called when all is said but the letter itself."""
        at = self._server()
        where = f"SMTP {at.host}:{at.port}"
        with self._connected(at, where) as server:
            with _nothing_sent(where):
                _wanted(server.mail(address_of(self._sender)), where, "MAIL")
                _wanted(server.rcpt(recipient(to)), where, "RCPT")
                _wanted(server.docmd("DATA"), where, "DATA", 354)
            about_to()
            _hand_in(server, made.as_bytes(), where, key)

    @contextmanager
    def _connected(self, at: Server, where: str) -> Iterator[smtplib.SMTP]:
        """Greeted, protected and signed in. Whatever fails until then, nothing was sent."""
        trust, us = self._trust or ssl.create_default_context(), address_of(self._sender).rpartition("@")[2]
        with _nothing_sent(where):
            server = (
                smtplib.SMTP_SSL(at.host, at.port, us, timeout=self._patience, context=trust)
                if at.guard is Guard.TLS
                else smtplib.SMTP(at.host, at.port, us, timeout=self._patience)
            )
        try:
            with _nothing_sent(where):
                server.ehlo_or_helo_if_needed()
                if at.guard is Guard.STARTTLS:
                    if not server.has_extn("starttls"):
                        raise Refused(f"{where}: offers no STARTTLS, so nothing was sent")
                    server.starttls(context=trust)
                    server.ehlo_or_helo_if_needed()
                if at.tokens:
                    _sign_in(server, at, at.tokens, where)
                elif at.user:
                    server.login(at.user, at.password)
            yield server
        finally:
            server.close()


def _sign_in(server: smtplib.SMTP, at: Server, tokens: Tokens, where: str) -> None:
    """By a token. Only after the connection is protected."""
    by = mechanism(server.esmtp_features.get("auth", "").split())
    if not by:
        raise Refused(f"{where}: takes no tokens (XOAUTH2 or OAUTHBEARER): none was sent")

    def tried(token: str) -> bool:
        first, last = words(by, at.user, token, at.host, at.port)
        said = iter((first, last))
        try:
            server.auth(by, lambda challenge=None: next(said, ""), initial_response_ok=len(first) <= INLINE)
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:
                raise Busy(f"{where}: {error.smtp_code} to our token") from error
            return False
        return True

    advice = "see that its app may send for this very mailbox, and that sending by SMTP is switched on for it"
    sign_in_by(tokens, tried, where, advice)


def _hand_in(server: smtplib.SMTP, letter: bytes, where: str, key: str) -> None:
    """From the first byte on they may have it, whatever we hear: only a plain yes or no says which."""
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", letter) + b".\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unconfirmed(key, f"{where}: no answer to a whole letter: {type(error).__name__}") from error
    if code // 100 in (4, 5):
        raise _said(code, f"{where}: {code} to the letter")
    if code // 100 != 2:
        raise Unconfirmed(key, f"{where}: an answer that makes no sense to a whole letter")
    with suppress(OSError, smtplib.SMTPException):  # it was taken: how they say goodbye is nothing to us
        server.quit()


@contextmanager
def _nothing_sent(where: str) -> Iterator[None]:
    """Failures before the letter itself, as ours."""
    try:
        yield
    except ConnectorError:
        raise
    except smtplib.SMTPAuthenticationError as error:
        raise Refused(f"{where}: {error.smtp_code} to our user and password") from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(f"{where}: cannot do what we need: {type(error).__name__}") from error
    except smtplib.SMTPResponseException as error:
        raise _said(error.smtp_code, f"{where}: {error.smtp_code}") from error
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"{where}: its certificate is not to be trusted") from error
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: a challenge that is no base64
        raise NotSent(f"{where}: {type(error).__name__}") from error


def _wanted(answer: tuple[int, bytes], where: str, step: str, code: int = 250) -> None:
    """Their words are not kept: they may name the recipient."""
    if answer[0] not in (code, code + 1):  # 251: they pass it on
        raise _said(answer[0], f"{where}: {answer[0]} to {step}")


def _said(code: int, where: str) -> ConnectorError:
    """4xx means not now, all else means no. Either way it was not taken."""
    return Busy(where) if 400 <= code < 500 else Invalid(where)
