"""What agents write to customers, wherever we read a ticket: who handled it, and whether it was answered."""

from datetime import datetime

from deskhand.domain.ticket import Author, Ticket
from deskhand.ports.store import Store
from deskhand.understanding.courtesies import says_something

SEEN = "agent.answered"


def note_agents(store: Store, ticket: Ticket, now: datetime) -> None:
    """A line in the journal, without words, for each public message of an agent; for each only once, however often the
    ticket is read."""
    theirs = [one for one in ticket.messages if one.public and one.author is Author.AGENT]
    if not theirs:
        return
    name = str(ticket.ref)
    with store.begin() as tx:
        known = {line.body["message"] for line in tx.journal.of_ticket(name, [SEEN])}
        for one in theirs:
            if one.id not in known:
                told = {"message": one.id, "sent_at": one.sent_at.isoformat(), "meaningful": says_something(one.text)}
                tx.journal.append(SEEN, name, told, now)
