"""What was said on a ticket before a message, as a brain may see it."""

from collections.abc import Iterator

from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Message, Ticket
from deskhand.understanding.quoted import Runs, own_words, runs
from deskhand.understanding.redact import redact
from deskhand.understanding.understand import Mask, readable

MOST = 20  # messages
LONGEST = 2000  # characters of one
ALL = 12_000  # characters of all of them


def thread_before(ticket: Ticket, message: Message, mask: Mask = redact) -> Thread:
    """The public messages before this one, masked, oldest first: the first, which says what it is about, and of the
    others as many of the last as have room. Quotations of what stands there anyway are cut."""
    before = _earlier(ticket, message)
    shown = before if len(before) <= MOST else (before[0], *before[1 - MOST :])
    said: list[Said] = []
    known: list[Runs] = []
    for one in shown:
        said.append(Said(one.author, readable(own_words(one.text, known), mask)[:LONGEST], one.sent_at))
        known.append(runs(one.text[:LONGEST]))
    kept = (*said[:1], *_with_room(said[1:], ALL - sum(len(one.text) for one in said[:1])))
    return Thread(kept, left_out=len(before) - len(kept))


def new_words(ticket: Ticket, message: Message) -> str:
    """The message without what it quotes of the messages before it."""
    return own_words(message.text, [runs(one.text[:LONGEST]) for one in _earlier(ticket, message)[-MOST:]])


def each_with_new_words(ticket: Ticket) -> Iterator[tuple[Message, str]]:
    """Every public message, in order, with what it does not quote of those before it."""
    known: list[Runs] = []
    for one in ticket.messages:
        if one.public:
            yield one, own_words(one.text, known[-MOST:])
            known.append(runs(one.text[:LONGEST]))


def _earlier(ticket: Ticket, message: Message) -> tuple[Message, ...]:
    """By their order: two may have come within one tick of the other system's clock."""
    return tuple(one for one in ticket.messages[: ticket.messages.index(message)] if one.public)


def _with_room(said: list[Said], room: int) -> list[Said]:
    """The last ones, as many as have room."""
    kept: list[Said] = []
    for one in reversed(said):
        room -= len(one.text)
        if room < 0:
            break
        kept.insert(0, one)
    return kept
