"""The quiet timer: a ticket on which nobody has said anything for long closes once, and never while something is under
way."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Status, Ticket
from deskhand.measurement.stretch import Stretch
from deskhand.workflows.agents_seen import note_agents
from deskhand.workflows.closing import PEOPLE, TIMER, close, close_solved, standing, why_open
from deskhand.workflows.desk import Desk
from deskhand.workflows.follow_up import Reminded, follow_up, key_of
from deskhand.workflows.overhear import overhear
from deskhand.workflows.watch_handoff import answered

PAGE = 200
SILENT = timedelta(minutes=5)  # until the next look, when a system did not answer
SELDOM = timedelta(days=1)  # until the next look at what we cannot read
OURS = "deskhand"


class Looked(StrEnum):
    CLOSED = "closed"
    REMINDED = "reminded"
    OPEN = "open"


def close_quiet(desk: Desk) -> Mapping[Looked, int]:
    """One round over all that has been quiet for long. Stopped at any moment, or two at once: the next one goes on.

    A ticket that cannot be looked at keeps no other from closing: it is put aside, and told of in an `ExceptionGroup`
    when the round has ended.
    """
    came: Counter[Looked] = Counter()
    failed: list[Exception] = []
    seen: set[str] = set()
    while True:
        now = desk.clock()
        with desk.store.begin() as tx:
            found = [one for one in tx.tickets.quiet(now, now - desk.closing.shortest, PAGE) if one not in seen]
        for ticket in found:
            try:
                came[look(desk, ticket)] += 1
            except Exception as error:
                error.add_note(f"{ticket} stays open, and is looked at again later")
                failed.append(error)
                _aside(desk, ticket, now + SILENT)
        if not found and failed:
            raise ExceptionGroup("tickets that could not be looked at", failed)
        if not found:
            return came
        seen.update(found)


def look(desk: Desk, ticket: str) -> Looked:
    """At one ticket: it is closed now, or put aside until there is something to look at again."""
    now = desk.clock()
    with desk.store.begin() as tx:
        last = standing(tx, ticket)
        if last is None or last.closed_at is not None:  # no customer's, or nothing but thanks came since
            tx.tickets.close(ticket, last.closed_at if last and last.closed_at else now)
            return Looked.OPEN
        if (due := _due(desk, last)) > now:
            tx.tickets.look_again(ticket, due)
            return Looked.OPEN
    read = _read(desk, ticket)
    if isinstance(read, timedelta):
        return _aside(desk, ticket, now + read)
    overhear(desk.store, read, now)
    note_agents(desk.store, read, now)
    answered(desk.store, read, now)
    if read.ref.system != OURS:
        if close_solved(desk.store, read, now):
            return Looked.CLOSED
        if _unseen(desk, read):
            return _aside(desk, ticket, now + SILENT)
    match follow_up(desk, read, last):
        case Reminded.SENT:
            return _aside(desk, ticket, now + desk.closing.shortest, Looked.REMINDED)
        case datetime() as until:
            return _aside(desk, ticket, until)
        case Reminded.NOT:
            return _close(desk, read)


def _close(desk: Desk, read: Ticket) -> Looked:
    """Everything is asked once more, in the transaction that closes: meanwhile somebody may have written."""
    ticket, now = str(read.ref), desk.clock()
    with desk.store.begin() as tx:
        tx.tickets.owner(ticket)  # from here on nobody else changes this ticket
        last = standing(tx, ticket)
        if last is None or last.closed_at is not None:
            tx.tickets.close(ticket, now)
            return Looked.OPEN
        due, why = _due(desk, last), why_open(tx, last, key_of(last))
        if due > now or why:
            wait = min(desk.closing.after(last.channel), SELDOM if why == PEOPLE else timedelta(hours=1))
            tx.tickets.look_again(ticket, max(due, now + wait))
            return Looked.OPEN
        close(tx, last, now, TIMER, "nobody has written since", waiting=read.status is Status.PENDING)
        return Looked.CLOSED


def _due(desk: Desk, last: Stretch) -> datetime:
    """After our last message, or the customer's if that came later; a reminder by letter is given a letter's time."""
    said = last.said_at or last.opened_at
    return said + desk.closing.after(last.followed_up_by or last.channel)


def _read(desk: Desk, ticket: str) -> Ticket | timedelta:
    """The ticket as it is now, or how long to wait before it is asked for again."""
    ref = Ref.parse(ticket)
    if ref.system not in desk.desks:
        return SELDOM
    try:
        return desk.desks[ref.system].ticket(ref).value
    except ConnectorError:
        return SILENT


def _unseen(desk: Desk, ticket: Ticket) -> bool:
    """Whether the customer has written what no event has told us of; the next poll does."""
    last = next((one for one in reversed(ticket.messages) if one.public), None)
    if last is None or last.author is not Author.CUSTOMER:
        return False
    with desk.store.begin() as tx:
        return tx.inbox.received_at(str(ticket.ref), last.id) is None


def _aside(desk: Desk, ticket: str, until: datetime, looked: Looked = Looked.OPEN) -> Looked:
    with desk.store.begin() as tx:
        tx.tickets.look_again(ticket, until)
    return looked
