"""Replies by e-mail: each goes into its thread, and is looked for in the folder of what was sent."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from deskhand.connectors.smtp.letter import AI_GENERATED, address_of, letter, message_id
from deskhand.connectors.smtp.mailer import SmtpMailer
from deskhand.domain.effect import by_ai
from deskhand.domain.errors import ConnectorError, Invalid, Unconfirmed
from deskhand.domain.incoming import Outgoing

MOST = 20  # earlier letters that are named
NAMED = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,300}>")
AGAIN = re.compile(r"\s*(?:re|aw|sv|antw|odp|vs|r)\s*:", re.IGNORECASE)


class SentFolder(Protocol):
    """The mailbox's folder of what was sent."""

    def holds(self, message_id: str) -> bool: ...

    def file(self, letter: bytes) -> None: ...


class MailOutlet:
    """See `ports.writes.Outlet`. `sender` is "Name <address>"; `token` names a conversation in our address, "" for not.

    `files_itself`: the server puts what it sends into `sent` by itself, so what is not there was not sent. Elsewhere
    we put a copy there, and a letter whose answer was lost before that is for a person to find out about.
    """

    most_an_hour: int | None = 5

    def __init__(
        self,
        mailer: SmtpMailer,
        sender: str,
        clock: Callable[[], datetime],
        token: Callable[[str], str],
        *,
        sent: SentFolder | None = None,
        files_itself: bool = False,
    ):
        self._mailer, self._sender, self._clock, self._token = mailer, sender, clock, token
        self._sent, self._files_itself = sent, files_itself

    def send(self, letter: Outgoing, about_to: Callable[[], None]) -> str:
        made = self._made(letter)
        self._mailer.hand_in(made, letter.to.email, key=letter.key, about_to=about_to)
        if self._sent and not self._files_itself:
            with suppress(ConnectorError):  # it is sent; the copy is for people who look there
                self._sent.file(made.as_bytes())
        return str(made["Message-ID"])

    def find(self, letter: Outgoing) -> str | None:
        id = message_id(self._sender, letter.key)
        if self._sent and self._sent.holds(id):
            return id
        if self._sent and self._files_itself:
            return None
        raise Unconfirmed(letter.key, "it may have been sent, and this mail server cannot tell")

    def _made(self, reply: Outgoing) -> EmailMessage:
        if not reply.to.email:
            raise Invalid("This conversation has no address to answer to: nothing was sent.")
        subject = reply.subject if AGAIN.match(reply.subject) else f"Re: {reply.subject or 'your message'}"
        made = letter(self._sender, reply.to.email, subject[:200], reply.text, key=reply.key, at=self._clock())
        del made["Auto-Submitted"]
        made["Auto-Submitted"] = "auto-replied"
        if by_ai(reply.key):
            made[AI_GENERATED] = "true"
        before = [one for one in reply.before if NAMED.fullmatch(one)][-MOST:]
        if before:
            made["In-Reply-To"] = before[-1]
            made["References"] = " ".join(before)
        if token := self._token(reply.conversation):
            name, _, domain = address_of(self._sender).rpartition("@")
            made["Reply-To"] = f"{name}+{token}@{domain}"
        return made
