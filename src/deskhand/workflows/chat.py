"""What a visitor does in the chat beside words: asks for a person, answers by a button, rates, takes the talk along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deskhand.domain.attachment import Attachment, Why, Withheld, in_words
from deskhand.domain.card_number import card_numbers
from deskhand.domain.delivery import Delivery
from deskhand.domain.visit import Rating, SentFile
from deskhand.policy.attachments import judged
from deskhand.policy.file_kinds import FileKind
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.redact import for_others, redact
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_in import file

WordsOf = Callable[[str, bytes], str]
PERSON, PRESSED = "person.asked", "confirmation.pressed"  # lines of the journal
LONGEST = 2_000  # characters of what somebody says with a rating
MOST_FILES = 20  # in one conversation


@dataclass(frozen=True)
class Press:
    """A button under our question: a yes or a no to exactly what it showed, and to nothing else."""

    key: str
    digest: str
    yes: bool


def still_asked(store: Store, ticket: str, press: Press, now: datetime) -> bool:
    """Whether this question is open still."""
    with store.begin() as tx:
        return any((one.key, one.digest) == (press.key, press.digest) for one in tx.confirmations.open(ticket, now))


def take_in_chat(store: Store, delivery: Delivery, *, person: bool = False, press: Press | None = None) -> bool:
    """As `take_in`, with what no words need to be read for: that they want a person, or which button they pressed."""
    with store.begin() as tx:
        if not file(tx, delivery):
            return False
        told: dict[str, object] = {"message": delivery.message}
        if person:
            tx.journal.append(PERSON, delivery.ticket, told, delivery.received_at)
        if press:
            line = told | {"key": press.key, "digest": press.digest, "yes": press.yes}
            tx.journal.append(PRESSED, delivery.ticket, line, delivery.received_at)
    return True


def by_buttons(tx: Transaction, ticket: str, message: str) -> tuple[bool, Press | None]:
    """Whether this message came by the button that asks for a person, and under which question of ours it came."""
    lines = [one for one in tx.journal.of_ticket(ticket, [PERSON, PRESSED]) if one.body["message"] == message]
    pressed = [Press(one.body["key"], one.body["digest"], one.body["yes"]) for one in lines if one.kind == PRESSED]
    return any(one.kind == PERSON for one in lines), next(iter(pressed), None)


def rate(store: Store, ticket: str, score: int, words: str, now: datetime) -> bool:
    """Once for a conversation: False when it was rated before. The journal gets the score, and who had the ticket."""
    said = for_others(words.replace("\x00", "").strip()[:LONGEST])
    with store.begin() as tx:
        if not tx.visits.rate(Rating(ticket, score, said, now)):
            return False
        told = {"score": score, "owner": tx.tickets.owner(ticket), "words": bool(said)}
        tx.journal.append("csat.given", ticket, told, now)
    return True


def keep_file(
    desk: Desk, ticket: str, id: str, claimed: Attachment, content: bytes, *, most: int, words: WordsOf
) -> SentFile | Withheld:
    """Judged by what is in it, and kept until it is sent with a message; or why not, and nothing is kept. `most`: bytes
    of all files of a conversation; `words` of a file of this type, where it has any. A file with an id that was used
    before is the one that was kept then."""
    kind = judged(claimed, content, desk.limits)
    if isinstance(kind, Withheld):
        return kind
    if next(card_numbers(words(kind.type, content)), None):
        return Withheld(Why.CARD, "the number of a payment card stands in it, and such a number is never kept")
    claimed = replace(claimed, name=redact(claimed.name))
    with desk.store.begin() as tx:
        before = tx.visits.files(ticket)
        if known := next((one for one in before if one.id == id), None):
            return known
        if refused := _too_many(before, len(content), most):
            return refused
        one = SentFile(id, ticket, "", _named(claimed.name, kind), kind.type, len(content), desk.clock())
        tx.visits.keep(one, content)
        told: dict[str, object] = {"file": id, "type": kind.type, "bytes": len(content)}
        tx.journal.append("file.received", ticket, told, one.at)
    return one


def hung_on(store: Store, ticket: str, message: str, ids: Sequence[str]) -> tuple[Attachment, ...]:
    """These files of this conversation, as what hangs on this message from now on."""
    with store.begin() as tx:
        sent = tx.visits.attach(ticket, ids, message) if ids else ()
    return tuple(Attachment(one.name, one.type, one.size, one.id) for one in sent)


def _too_many(before: Sequence[SentFile], size: int, most: int) -> Withheld | None:
    if len(before) >= MOST_FILES:
        return Withheld(Why.TOO_LARGE, f"{MOST_FILES} files were sent in this conversation, and no more are taken")
    if sum(one.size for one in before) + size > most:
        return Withheld(Why.TOO_LARGE, f"all files of a conversation may have {in_words(most)} together")
    return None


def _named(name: str, kind: FileKind) -> str:
    return name if name.lower().endswith(tuple(f".{one}" for one in kind.endings)) else f"{name}.{kind.endings[0]}"
