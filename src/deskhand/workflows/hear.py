"""Reads the ticket again, finds the message, and understands it. A webhook only woke us."""

from deskhand.domain.errors import UnknownTicket
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.domain.understanding import Understanding
from deskhand.understanding.redact import Masker, known_of, redact
from deskhand.understanding.take_up import confirmed, take_up
from deskhand.understanding.thread import thread_before
from deskhand.understanding.understand import readable, understand
from deskhand.workflows.calls import Calls
from deskhand.workflows.desk import Desk


def hear(desk: Desk, ticket: str, message: str) -> Heard:
    """The message in its context. `UnknownTicket` when it is not there any more."""
    began = desk.timer()
    ref = Ref.parse(ticket)
    read = desk.desks[ref.system].ticket(ref).value
    said = _message(read, message)
    mask = Masker((one.text for one in read.messages), desk.masks, known_of(read.requester))
    text, thread = readable(said.text, mask), thread_before(read, said, mask)
    with desk.span("understand"):
        understanding = understand(text, thread, desk.reader, Calls(desk, ticket, message))
    understanding = _in_context(desk, ticket, understanding, _before(read, said))
    turns = sum(one.author is Author.CUSTOMER and one.sent_at <= said.sent_at for one in read.messages)
    return Heard(
        ticket=ticket,
        message=message,
        channel=read.channel,
        requester=read.requester,
        attachments=tuple(redact(name) for name in said.attachments),
        text=text,
        understanding=understanding,
        turns=turns,
        took_ms=1000 * (desk.timer() - began),
        thread=thread,
        masked=mask.values,
    )


def _message(ticket: Ticket, id: str) -> Message:
    for message in ticket.messages:
        if message.id == id:
            return message
    raise UnknownTicket(f"{ticket.ref} has no message {id}")


def _before(ticket: Ticket, message: Message) -> str | None:
    """The customer's message before this one."""
    ids = [one.id for one in ticket.messages if one.author is Author.CUSTOMER]
    place = ids.index(message.id) if message.id in ids else 0
    return ids[place - 1] if place else None


def _in_context(desk: Desk, ticket: str, now: Understanding, before: str | None) -> Understanding:
    """A yes or no to our question, or an answer to it, is about what was asked."""
    if before is None:
        return now
    at = desk.clock()
    with desk.store.begin() as tx:
        asked = tx.confirmations.open(ticket, at)
        if now.says_yes and len(asked) == 1:
            tx.confirmations.confirm(asked[0].key, asked[0].digest, at)
            tx.journal.append("confirmation.given", ticket, {"key": asked[0].key, "digest": asked[0].digest}, at)
            return confirmed(now, asked[0].procedure)
        if now.says_no and asked:
            tx.confirmations.withdraw(ticket)
            tx.journal.append("confirmation.refused", ticket, {"keys": [one.key for one in asked]}, at)
        result: RunResult | None = tx.results.get(ticket, before)
    return take_up(now, result)
