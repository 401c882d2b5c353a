"""What a customer wrote after a handoff: people have the ticket, and its packet is made no more."""

from deskhand.domain.errors import ConnectorError, UnknownTicket
from deskhand.domain.finding import Fact
from deskhand.domain.ref import Ref
from deskhand.understanding.stated import stated
from deskhand.workflows.desk import Desk
from deskhand.workflows.hear import codes_taken_out, wrote


def said_since(desk: Desk, ticket: str, message: str) -> tuple[Fact, ...] | None:
    """What they stated behind this message, read from the ticket now; None when its system does not tell."""
    ref = Ref.parse(ticket)
    try:
        read = codes_taken_out(desk, desk.desks[ref.system].ticket(ref).value, None)
    except (ConnectorError, UnknownTicket, KeyError):
        return None
    ids = [one.id for one in read.messages]
    if message not in ids:
        return None
    return stated(wrote(read, ids.index(message) + 1, len(ids)))
