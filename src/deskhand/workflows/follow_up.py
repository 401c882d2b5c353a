"""A customer who left without what we asked for is reminded once: in the conversation, or by letter after a chat."""

from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.follow_up_phrases import follow_up_phrases_in
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Ticket
from deskhand.execution.executor import Letter
from deskhand.execution.results import Done, Paused, Result, Unsure
from deskhand.measurement.stretch import Stretch
from deskhand.ports.store import Transaction
from deskhand.proactive.timing import quiet_until
from deskhand.workflows.closing import why_open
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress
from deskhand.workflows.take_over import ASSISTANT

OURS = "deskhand"
REACHES = frozenset({"email", "sms", "whatsapp"})  # what we say there reaches a customer who has gone
EMAIL = "email"
CHATS = frozenset({"widget"})
AGAIN = timedelta(minutes=10)
PATIENCE = timedelta(days=1)  # for a way out that does not work, or is paused


class Reminded(StrEnum):
    """NOT: there is nobody to remind, or no way to; SENT: it went out now."""

    NOT = "not"
    SENT = "sent"


def follow_up(desk: Desk, read: Ticket, last: Stretch) -> Reminded | datetime:
    """Or the time before which it is not to be tried. Once for a conversation: its key is in the ledger for good."""
    if not desk.closing.follow_up or read.ref.system != OURS or not (last.asked and last.alone):
        return Reminded.NOT
    if last.followed_up_at is not None or not _way(desk, read):
        return Reminded.NOT
    now, name = desk.clock(), last.ticket
    with desk.store.begin() as tx:
        done = tx.ledger.effect(key_of(last))
        if done is not None and not done.state.open:
            return Reminded.NOT
        if tx.tickets.owner(name) != ASSISTANT or why_open(tx, last, key_of(last)):
            return Reminded.NOT
        if last.customers and tx.contacts.opted_out(sorted(last.customers)):
            return Reminded.NOT
        stood = tx.results.standings(name, 1)
    if until := quiet_until(desk.closing.night, desk.closing.zone, now):
        return until
    language = stood[0][1].language if stood else desk.voice.languages[0]
    said = _send(desk, read, last, language)
    if isinstance(said, Done):
        return Reminded.SENT
    waited = now - (last.said_at or last.opened_at)
    if isinstance(said, Paused | Unsure) and waited < desk.closing.after(last.channel) + PATIENCE:
        return now + AGAIN
    return Reminded.NOT


def key_of(last: Stretch) -> str:
    return f"follow-up/{last.ticket}"


def _way(desk: Desk, read: Ticket) -> str:
    """The channel that reaches this customer, or ""."""
    if read.channel in REACHES:
        return read.channel
    known = read.requester.verified and bool(read.requester.email)
    return EMAIL if read.channel in CHATS and desk.closing.letters and known else ""


def _send(desk: Desk, read: Ticket, last: Stretch, language: str) -> Result:
    phrases, way = follow_up_phrases_in(language), _way(desk, read)
    customer = min(last.customers, default="")
    ticket = Ref.parse(last.ticket)

    def then(tx: Transaction) -> None:
        if not tx.journal.of_ticket(last.ticket, ["conversation.followed_up"]):
            tx.journal.append("conversation.followed_up", last.ticket, {"by": way}, desk.clock())

    if way == read.channel:
        text = dress(phrases.here, read.requester.name, desk.voice, language)
        key = key_of(last)
        return desk.executor.say(ticket, text, public=True, key=key, customer=customer, then=then, language=language)
    asked = next(one.text for one in reversed(read.messages) if one.public and one.author is Author.ASSISTANT)
    quoted = "\n".join(f"> {line}" for line in asked.splitlines())
    text = dress(phrases.by_letter.format(asked=quoted), read.requester.name, desk.voice, language)
    letter = Letter(read.requester.email, phrases.subject, text)
    return desk.executor.send_letter(ticket, letter, key=key_of(last), customer=customer, then=then)
