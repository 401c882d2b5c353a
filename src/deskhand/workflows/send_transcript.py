"""What was said in a conversation, by e-mail to the customer who is signed in: an effect, each stretch of it once."""

from deskhand.domain.chat_phrases import ChatPhrases, chat_phrases_in
from deskhand.domain.effect import TRANSCRIPT
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.execution.executor import Letter
from deskhand.execution.results import Unsure
from deskhand.workflows.desk import Desk

STORY = "send_transcript"
MOST = 3  # letters for one conversation: nobody's mailbox is filled from here


def ask_for_transcript(desk: Desk, ticket: str, last: str, language: str) -> bool:
    """Start it; up to the message `last`. The same stretch again is the same letter; False when there were enough."""
    key = f"{TRANSCRIPT}/{ticket}/{last}"
    with desk.store.begin() as tx:
        asked = {line.body["key"] for line in tx.journal.of_ticket(ticket, ["transcript.asked"])}
        if key in asked:
            return True
        if len(asked) >= MOST:
            return False
        tx.runs.enqueue(STORY, ticket, key, ticket, last, language)
        tx.journal.append("transcript.asked", ticket, {"key": key}, desk.clock())
    return True


def send_transcript(desk: Desk, ticket: str, last: str, language: str) -> None:
    """The run."""
    for wait in (*desk.patience.rounds, None):
        if desk.step(_send, desk, ticket, last, language) or wait is None:
            return
        desk.pause(wait)


def _send(desk: Desk, ticket: str, last: str, language: str) -> bool:
    """Whether it is settled. The address is read anew: only one that is vouched for gets anything."""
    ref = Ref.parse(ticket)
    read = desk.desks[ref.system].ticket(ref).value
    if not read.requester.verified or not read.requester.email:
        return True
    phrases = chat_phrases_in(language)
    letter = Letter(
        read.requester.email,
        phrases.subject.format(company=desk.voice.company),
        transcript(read, last, phrases, desk.voice.company),
    )
    with desk.store.begin() as tx:
        customer = tx.results.customer(ticket, last)
    sent = desk.executor.send_transcript(ref, letter, key=f"{TRANSCRIPT}/{ticket}/{last}", customer=customer)
    return not isinstance(sent, Unsure)


def transcript(ticket: Ticket, last: str, phrases: ChatPhrases, company: str) -> str:
    """Every public message up to this one, with who said it and when (UTC)."""
    public = [one for one in ticket.messages if one.public]
    ids = [one.id for one in public]
    shown = public[: ids.index(last) + 1] if last in ids else public
    told = "\n\n".join(_told(one, phrases) for one in shown)
    return f"{phrases.opening.format(company=company)}\n\n{told}\n"


def _told(one: Message, phrases: ChatPhrases) -> str:
    who = {Author.CUSTOMER: phrases.you, Author.AGENT: phrases.agent, Author.ASSISTANT: phrases.assistant}[one.author]
    files = [f"[{file.name}]" for file in one.attachments]
    return "\n".join([f"{who}, {one.sent_at:%Y-%m-%d %H:%M} UTC:", *filter(None, [one.text.strip()]), *files])
