"""What was said on a ticket before a message, as a brain may see it."""

from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Message, Ticket
from deskhand.understanding.redact import redact
from deskhand.understanding.understand import Mask, readable

MOST = 20  # messages
LONGEST = 4000  # characters of one


def thread_before(ticket: Ticket, message: Message, mask: Mask = redact) -> Thread:
    """The public messages before this one, masked, oldest first."""
    before = [one for one in ticket.messages if one.public and one.sent_at < message.sent_at and one.id != message.id]
    kept = before[-MOST:]
    said = tuple(Said(one.author, readable(one.text, mask)[:LONGEST], one.sent_at) for one in kept)
    return Thread(said, left_out=len(before) - len(kept))
