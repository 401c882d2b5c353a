"""A letter from anybody as a message at our channel: whose, about what, and whether it is to be answered."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import compat32

from deskhand.connectors.imap import SYSTEM
from deskhand.connectors.imap.authentication import vouched
from deskhand.connectors.imap.automatic import automatic
from deskhand.connectors.imap.body import Body, body_of, too_many
from deskhand.connectors.imap.headers import Letter, addresses, message_ids, plain, sender
from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import Unreadable
from deskhand.domain.incoming import Incoming, Kind
from deskhand.domain.ticket import Requester

HEADERS = 256 * 1024  # bytes of headers that are read
ANSWERS = 20  # ids of earlier letters that are looked for
SUBJECT = 180  # characters
TO_US = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True)
class Reading:
    """`own`: our addresses; `receiver`: see `authentication.vouched`; `token`: the conversation that the part after the
    plus of our address names, "" when we did not write it."""

    own: Collection[str]
    receiver: str
    token: Callable[[str], str]

    def read(self, letter: bytes, *, whole: bool = True) -> Incoming | None:
        """None for a letter that names no sender: nobody could be answered. `whole`: false where it was cut."""
        head, rest = _halves(letter)
        why = too_many(letter) or ("" if whole else "is larger than what we read")
        parsed: Letter = message_from_bytes(head if why else head + rest, policy=compat32)
        name, address = sender(parsed)
        if not address:
            return None
        machine = automatic(parsed, self.own)
        body = Body("", ())
        if not why:
            try:
                body = body_of(parsed)
            except Unreadable as error:
                why = str(error)
        kind = Kind.AUTOMATIC if machine else Kind.UNREADABLE if why else Kind.WORDS
        ids = message_ids(parsed, "message-id")
        text = body.text or ("" if not why else f"[This letter {why}. It lies unread in the mailbox.]")
        return Incoming(
            channel=SYSTEM,
            id=ids[0] if ids else hashlib.sha256(letter).hexdigest(),
            requester=Requester(name, address, verified=False),
            text=text or plain(parsed, "subject"),
            kind=kind,
            why=machine or why,
            subject=" ".join(plain(parsed, "subject").split())[:SUBJECT],
            original=text,
            attachments=_findable(body, ids),
            vouched=vouched(parsed, self.receiver),
            outer=ids[0] if ids else "",
            answers=_answers(parsed),
            token=next(filter(None, map(self._token, addresses(parsed, *TO_US))), ""),
        )

    def _token(self, address: str) -> str:
        return self.token(address.rpartition("@")[0].partition("+")[2])


def _findable(body: Body, ids: list[str]) -> tuple[Attachment, ...]:
    """Found again by the id of the letter and which part of it they are: nothing of them is kept here."""
    return tuple(replace(one, ref=f"{one.ref} {ids[0]}" if ids else "") for one in body.attachments)


def _answers(letter: Letter) -> tuple[str, ...]:
    """Ids of the letters that it answers: the one that it names, then those before it, latest first."""
    found = [*message_ids(letter, "in-reply-to"), *reversed(message_ids(letter, "references"))]
    return tuple(dict.fromkeys(found))[:ANSWERS]


def _halves(letter: bytes) -> tuple[bytes, bytes]:
    """Headers and what follows, in bounds."""
    ends = [place + len(end) for end in (b"\r\n\r\n", b"\n\n") if (place := letter.find(end)) >= 0]
    end = min(ends, default=len(letter))
    if end > HEADERS:
        return letter[:HEADERS].rpartition(b"\n")[0] + b"\n\n", letter[end:]
    return letter[:end], letter[end:]
