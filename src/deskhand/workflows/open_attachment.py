"""An agent opens a file that hangs on a ticket: found on the ticket as it is now, fetched, judged, and handed out."""

from collections.abc import Iterator
from dataclasses import dataclass

from deskhand.domain.attachment import Attachment, Scanned, Why, Withheld
from deskhand.domain.digest import digest
from deskhand.domain.errors import ConnectorError, Missing, TooLarge, UnknownTicket
from deskhand.domain.ref import Ref
from deskhand.domain.suggestion import Person
from deskhand.domain.ticket import Message
from deskhand.policy.attachments import held_against, judged, too_large
from deskhand.policy.file_kinds import FileKind
from deskhand.ports.reads import AttachmentReads
from deskhand.workflows.desk import Desk

MOST = 500  # files of one ticket that are listed


@dataclass(frozen=True)
class Listed:
    """One file on a ticket. `id` names it on this ticket; `withheld` is what speaks against it before it is fetched,
    and `reads` what fetches it, None where nothing can."""

    id: str
    message: Message
    attachment: Attachment
    withheld: Withheld | None
    reads: AttachmentReads | None


@dataclass(frozen=True)
class Opened:
    """What an agent gets. `name` ends as `type` says; `scanned` is false where this desk has no scan program."""

    name: str
    type: str
    content: bytes
    scanned: bool


def attachments_of(desk: Desk, ticket: str) -> tuple[tuple[Listed, ...], int]:
    """The files of a ticket, oldest first, and how many more there are than are listed. Its system is asked."""
    every = list(_every(desk, ticket))
    return tuple(every[:MOST]), max(0, len(every) - MOST)


def open_attachment(desk: Desk, ticket: str, id: str, by: Person) -> Opened | Withheld:
    """The file, or why not. Either way it is a line in the journal, and nothing of the content is kept."""
    one, outcome = _found(desk, ticket, id)
    told: dict[str, object] = {"attachment": id, "by": by.id, "message": one.message.id if one else ""}
    match outcome:
        case Opened():
            told |= {"verdict": "clean" if outcome.scanned else "unscanned", "bytes": len(outcome.content)}
        case Withheld():
            told |= {"verdict": outcome.why.value}
    with desk.store.begin() as tx:
        tx.journal.append("attachment.opened", ticket, told, desk.clock())
    return outcome


def _found(desk: Desk, ticket: str, id: str) -> tuple[Listed | None, Opened | Withheld]:
    """What this id names on the ticket, and what came of opening it."""
    try:
        one = next((each for each in _every(desk, ticket) if each.id == id), None)
    except Missing:
        return None, Withheld(Why.GONE, "its ticket is not there any more")
    except ConnectorError as error:
        return None, Withheld(Why.NOT_FETCHED, f"its ticket could not be read ({error}): try again in a while")
    if one is None:
        return None, Withheld(Why.GONE, "it does not hang on this ticket any more")
    return one, one.withheld or _fetched(desk, one)


def _every(desk: Desk, ticket: str) -> Iterator[Listed]:
    try:
        ref = Ref.parse(ticket)
    except ValueError as error:
        raise UnknownTicket(f"There is no ticket {ticket}.") from error
    if ref.system not in desk.desks:
        raise UnknownTicket(f"{ref.system} is not connected any more.")
    read = desk.desks[ref.system].ticket(ref).value
    # Of conversations of ours each channel keeps its own files.
    reads = desk.files.get(ref.system) or desk.files.get(f"{ref.system}/{read.channel}")
    for message in read.messages:
        for place, one in enumerate(message.attachments):
            withheld = held_against(one, desk.limits)
            if withheld is None and (reads is None or not one.ref):
                withheld = Withheld(Why.OUT_OF_REACH, "it cannot be fetched from here: look at it where it was sent")
            # By its name, too: a place alone would come to mean another file when one is taken away. Its address may
            # be another one each time.
            id = digest([message.id, place, one.name, one.size])[:20]
            yield Listed(id, message, one, withheld, reads)


def _fetched(desk: Desk, one: Listed) -> Opened | Withheld:
    assert one.reads is not None, "what nothing fetches is withheld"
    try:
        content = one.reads.fetch(one.attachment.ref, desk.limits.largest)
    except TooLarge:
        return too_large(desk.limits)
    except Missing:
        return Withheld(Why.GONE, "it is not where its system says that it is: somebody may have deleted it")
    except ConnectorError as error:
        return Withheld(Why.NOT_FETCHED, f"it could not be fetched ({error}): try again in a while")
    kind = judged(one.attachment, content, desk.limits)
    if isinstance(kind, Withheld):
        return kind
    if desk.scanner is None:
        return Opened(_named(one.attachment.name, kind), kind.type, content, scanned=False)
    match desk.scanner.scan(content):
        case Scanned.CLEAN:
            return Opened(_named(one.attachment.name, kind), kind.type, content, scanned=True)
        case Scanned.INFECTED:
            return Withheld(Why.INFECTED, "the scan program says that it is malicious")
        case Scanned.FAILED:
            return Withheld(Why.NOT_SCANNED, "it could not be scanned: see that the scan program works, then try again")


def _named(name: str, kind: FileKind) -> str:
    return name if name.lower().endswith(tuple(f".{one}" for one in kind.endings)) else f"{name}.{kind.endings[0]}"
