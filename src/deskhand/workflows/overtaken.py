"""An agent answers in the help desk itself while the assistant is about to: the agent wins."""

from deskhand.domain.heard import Heard
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_over import ASSISTANT


def overtaken(desk: Desk, heard: Heard) -> bool:
    """Whether an agent wrote to the customer after this message. Then the ticket is given to people.

    Reads the ticket, and raises `ConnectorError` when that fails. Ask right before the reply is sent.
    """
    ref = Ref.parse(heard.ticket)
    messages = desk.desks[ref.system].ticket(ref).value.messages
    place = next((at for at, one in enumerate(messages) if one.id == heard.message), len(messages))
    by = next((one for one in messages[place + 1 :] if one.public and one.author is Author.AGENT), None)
    if by is None:
        return False
    to = f"people:{ref.system}"
    with desk.store.begin() as tx:
        if tx.tickets.owner(heard.ticket) == ASSISTANT:
            tx.tickets.give_to(heard.ticket, to)
            told = {"to": to, "by": "an agent's message", "from": ASSISTANT, "message": by.id}
            tx.journal.append("ticket.given", heard.ticket, told, desk.clock())
    return True
