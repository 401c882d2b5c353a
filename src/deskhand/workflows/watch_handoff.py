"""What became of a handoff: warned of before its time is over, told when it is over, and looked at until it is
answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Status, Ticket
from deskhand.domain.waiting import Waiting
from deskhand.ports.store import Store, Transaction
from deskhand.workflows.desk import Desk

STORY = "watch_handoff"
WARN, BREACH, LATE = "warn", "breach", "late"
SILENT = timedelta(minutes=5)  # until the next look, when the help desk did not answer
PATIENCE = 12  # such looks; then it counts as unanswered
DAY, DAYS = timedelta(days=1), 7  # how long it is looked at after its time was over


def watch(
    tx: Transaction, ticket: str, message: str, warn: datetime | None, due: datetime | None, now: datetime
) -> None:
    """Start the looks at a new handoff, in the transaction that writes it down; none where nothing is due."""
    if due is None:
        return
    if warn and warn > now:
        _look_later(tx, ticket, message, WARN, 0, warn - now)
    _look_later(tx, ticket, message, BREACH, 0, max(due - now, timedelta()))


def watch_again(tx: Transaction, waiting: Waiting, occasion: str, now: datetime) -> None:
    """As `watch`, for one that waits again: its looks may have found it ended meanwhile, so there is one more."""
    if waiting.due is not None:
        wait = max((waiting.due - now).total_seconds(), 0.001)
        key = f"sla/{waiting.ticket}/{waiting.message}/{BREACH}/{occasion}"
        tx.runs.enqueue(STORY, waiting.ticket, key, waiting.ticket, waiting.message, BREACH, "0", delay=wait)


def watch_handoff(desk: Desk, ticket: str, message: str, what: str, tries: str) -> None:
    """One look, as a run. Late or repeated, nothing is told twice; nothing at all once an agent has written, or the
    assistant has the ticket again."""
    told = desk.step(look, desk, ticket, message, what, int(tries))
    if told.note:
        desk.step(_note, desk, ticket, message, what, told.note)


@dataclass(frozen=True)
class Looked:
    """`note`: what colleagues are to be told; "" for nothing."""

    note: str = ""


def look(desk: Desk, ticket: str, message: str, what: str, tries: int) -> Looked:
    """Bears repeating: the words come back, and the line is written once."""
    with desk.store.begin() as tx:
        waiting = tx.awaiting.open(ticket)
    if waiting is None or waiting.message != message or waiting.due is None:
        return Looked()
    ref, now = Ref.parse(ticket), desk.clock()
    try:
        read = desk.desks[ref.system].ticket(ref).value
    except ConnectorError:
        if what != LATE and tries < PATIENCE:
            with desk.store.begin() as tx:
                _look_later(tx, ticket, message, what, tries + 1, SILENT)
            return Looked()
    else:
        if answered(desk.store, read, now):
            return Looked()
    with desk.store.begin() as tx:
        line = {"message": message, "queue": waiting.queue, "person": waiting.person, "due": waiting.due.isoformat()}
        match what:
            case "warn":
                if tx.awaiting.warned(ticket, message, now):
                    tx.journal.append("sla.warned", ticket, line, now)
                return Looked(_words(waiting, "Three quarters of the time are over"))
            case "breach":
                if tx.awaiting.breached(ticket, message, now):
                    tx.journal.append("sla.breached", ticket, line, now)
                _look_later(tx, ticket, message, LATE, 1, DAY)
                return Looked(_words(waiting, "The time is over"))
            case _:
                if tries < DAYS:
                    _look_later(tx, ticket, message, LATE, tries + 1, DAY)
                return Looked()


def answered(store: Store, ticket: Ticket, now: datetime) -> bool:
    """Whether the open handoff of this ticket, as it was just read, has ended by what an agent wrote or by its being
    solved; written down once. False as well when there is none."""
    name = str(ticket.ref)
    with store.look() as tx:
        if tx.awaiting.open(name) is None:
            return False
    with store.begin() as tx:
        waiting = tx.awaiting.open(name)
        if waiting is None:
            return False
        place = next((at for at, one in enumerate(ticket.messages) if one.id == waiting.message), None)
        since = ticket.messages[place + 1 :] if place is not None else ticket.messages
        by = next((one for one in since if one.public and one.author is Author.AGENT), None)
        if by is None and ticket.status not in (Status.SOLVED, Status.CLOSED):
            return False
        end(tx, waiting, by.id if by else "", by.sent_at if by else now, now)
        return True


def end(tx: Transaction, waiting: Waiting, by: str, at: datetime, now: datetime) -> None:
    """It waits no more since `at`: the agent's message `by` answered it, or, where that is "", it was solved."""
    tx.awaiting.end(waiting.ticket, "agent" if by else "solved", at)
    line = {
        "message": waiting.message,
        "queue": waiting.queue,
        "person": waiting.person,
        "by": by,
        "seconds": round(max((at - waiting.at).total_seconds(), 0.0), 1),
        "in_time": None if waiting.due is None else at <= waiting.due,
    }
    tx.journal.append("handoff.answered", waiting.ticket, line, now)


def _note(desk: Desk, ticket: str, message: str, what: str, words: str) -> None:
    key = f"note/{ticket}/{message}/sla/{what}"
    desk.executor.say(Ref.parse(ticket), words, public=False, key=key, customer="", freeze=False)


def _words(waiting: Waiting, how: str) -> str:
    assert waiting.due is not None
    whose = f"{waiting.person} of {waiting.queue}" if waiting.person else waiting.queue
    return (
        f"{how} for the answer to this ticket: it is due by {waiting.due:%Y-%m-%d %H:%M} UTC. It was handed to {whose} "
        f"at {waiting.at:%Y-%m-%d %H:%M} UTC, and no agent has written to the customer since."
    )


def _look_later(tx: Transaction, ticket: str, message: str, what: str, tries: int, wait: timedelta) -> None:
    key = f"sla/{ticket}/{message}/{what}/{tries}"
    tx.runs.enqueue(STORY, ticket, key, ticket, message, what, str(tries), delay=max(wait.total_seconds(), 0.001))
