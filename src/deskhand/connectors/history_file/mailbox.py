"""Past tickets in a mailbox file (mbox): letters that answer each other are one ticket."""

import email.policy
import email.utils
import hashlib
import mailbox
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.message import Message as Part
from pathlib import Path

from deskhand.connectors.documents.charset import decoded
from deskhand.domain.past_ticket import Skipped
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket

# In how many ways the library trips over a letter that is broken on purpose.
BROKEN = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, MessageError)
LARGEST = 2_000_000  # characters of a letter's text that are kept


@dataclass(frozen=True)
class Letter:
    """What we keep of one; `thread` is the Message-ID of the letter that it goes back to."""

    id: str
    thread: str
    sender: str
    name: str
    subject: str
    text: str
    at: datetime


def read_mailbox(file: Path, system: str, own: Collection[str]) -> Iterator[Ticket]:
    """Ticket after ticket, in the order of their first letters. Letters from an address in `own` are the agents'.

    What is no letter (no sender, no date) is left out. A thread that nobody but agents wrote in is no ticket.
    """
    return (one for one in tickets_in(file, system, own) if isinstance(one, Ticket))


def tickets_in(file: Path, system: str, own: Collection[str]) -> Iterator[Ticket | Skipped]:
    """The same, with what was left out, by the number of its letter. The text of one thread is held at a time."""
    ours, threads, roots = {one.lower() for one in own}, dict[str, list[tuple[int, str]]](), dict[str, str]()
    box = mailbox.mbox(file, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            letter = _letter(box.get_bytes(key))
            if letter is None:
                yield Skipped(str(file), number, f"letter {number} has no sender, no date, or no text that can be read")
                continue
            root = roots.get(letter.thread, letter.thread)
            roots[letter.id] = root
            threads.setdefault(root, []).append((number, key))
        for root, places in threads.items():
            letters = [one for _, key in places if (one := _letter(box.get_bytes(key)))]
            letters.sort(key=lambda one: one.at)
            customer = next((one for one in letters if one.sender not in ours), None)
            if customer is None:
                number = places[0][0]
                yield Skipped(str(file), number, f"letter {number}: nobody but agents wrote in its thread")
                continue
            yield _ticket(system, root, letters, customer, ours)
    finally:
        box.close()


def _letter(raw: bytes) -> Letter | None:
    try:
        return _read(raw)
    except BROKEN:
        return None


def _read(raw: bytes) -> Letter | None:
    letter = message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(letter, EmailMessage)
    name, sender = email.utils.parseaddr(str(letter.get("from", "")))
    at = email.utils.parsedate_to_datetime(str(letter.get("date", "")))
    body = letter.get_body(preferencelist=("plain", "html"))
    text = _text(body)[:LARGEST] if body is not None else ""
    if "@" not in sender:
        return None
    own = str(letter.get("message-id", "")).strip() or hashlib.sha256(raw).hexdigest()
    before = str(letter.get("references", "")).split() or str(letter.get("in-reply-to", "")).split()
    thread = before[0] if before else own
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Letter(own, thread, sender.lower(), name, str(letter.get("subject", "")), text, at)


def _text(body: "Part[str, str]") -> str:
    """By our own reading of what it says of its letters: some of those that it may name take hours to read."""
    found = body.get_payload(decode=True)
    return decoded(found, str(body.get_content_charset() or ""))[0] if isinstance(found, bytes) else ""


def _ticket(system: str, root: str, letters: list[Letter], customer: Letter, ours: Collection[str]) -> Ticket:
    """Named by the first Message-ID, so that a mailbox that has grown brings the same ticket again."""
    messages = tuple(
        Message(
            id=str(place),
            author=Author.AGENT if one.sender in ours else Author.CUSTOMER,
            public=True,
            text=one.text,
            sent_at=one.at,
        )
        for place, one in enumerate(letters, 1)
    )
    return Ticket(
        ref=Ref(system, "ticket", hashlib.sha256(root.encode("utf-8", "surrogatepass")).hexdigest()[:20]),
        subject=letters[0].subject,
        status=Status.CLOSED,
        channel="email",
        requester=Requester(customer.name, customer.sender, verified=False),
        tags=frozenset(),
        version=f"{len(letters)}/{letters[-1].at.isoformat()}",
        created_at=letters[0].at,
        messages=messages,
    )
