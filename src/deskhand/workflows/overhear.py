"""What agents write after a handoff, wherever we read it: whether they ask for what stands in the packet."""

from datetime import datetime

from deskhand.domain.handoff import Handoff
from deskhand.domain.ticket import Author, Ticket
from deskhand.ports.store import Store
from deskhand.understanding.asked_again import HAPPENED, asks
from deskhand.understanding.stated import kinds_in


def overhear(store: Store, ticket: Ticket, now: datetime) -> None:
    """A line in the journal, without words, for each message of an agent behind the last handoff; for each only once,
    however often the ticket is read. Somebody in copy is taken for an agent where the help desk says no more."""
    if not any(one.author is Author.AGENT and one.public for one in ticket.messages):
        return
    ref = str(ticket.ref)
    with store.begin() as tx:
        found = tx.handoffs.packet(ref)
        if found is None:
            return
        message, _, packet = found
        ids = [one.id for one in ticket.messages]
        after = ids.index(message) + 1 if message in ids else len(ids)
        for one in ticket.messages[after:]:
            if one.author is Author.AGENT and one.public and tx.handoffs.saw(ref, one.id, now):
                asked = asks(one.text)
                told = {"message": one.id, "sent_at": one.sent_at.isoformat(), "asks": list(asked)}
                tx.journal.append("agent.wrote", ref, told | {"again": list(_known(packet, asked))}, now)


def _known(packet: Handoff, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the kinds that the customer stated, or that we know of whom we found."""
    known = {kind for one in packet.stated for kind in kinds_in(one.value)}
    known |= {"email"} if packet.who.customer else set()
    known |= {HAPPENED} if packet.asked else set()
    return tuple(one for one in asked if one in known)
