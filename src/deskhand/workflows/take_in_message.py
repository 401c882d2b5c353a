"""A message at a channel that we host: kept in its conversation once, and one run started for it."""

from dataclasses import replace

from deskhand.domain.delivery import Delivery
from deskhand.domain.digest import digest
from deskhand.domain.incoming import Incoming, Kind
from deskhand.domain.storable import storable
from deskhand.domain.ticket import Author
from deskhand.ports.store import Transaction
from deskhand.ports.threads import Threads
from deskhand.understanding.one_time import without_codes
from deskhand.understanding.quoted import own_words, runs
from deskhand.understanding.signature import without_signature
from deskhand.workflows.desk import Desk
from deskhand.workflows.present_code import taken_out
from deskhand.workflows.take_in import file
from deskhand.workflows.take_over import ASSISTANT

LONGEST = 20_000  # characters of a message that is kept


def take_in_message(desk: Desk, threads: Threads, incoming: Incoming) -> bool:
    """True when it is new and its run will start. Repeated after a crash, it does only what was not done.

    A machine's is kept where its conversation is known, and wakes nobody; what cannot be read goes to people.
    """
    now, incoming = desk.clock(), _storable(incoming)
    message = f"c_{digest([incoming.channel, incoming.id, incoming.requester.email])[:24]}"
    if incoming.kind is Kind.AUTOMATIC:
        known = threads.known(replace(incoming, shared=True), message, now)  # whoever's machine: it is about that one
        text, incoming = without_codes(_kept(incoming.text)), _without_codes(incoming)
        if known and threads.keep(known, message, text, incoming, author=Author.AGENT, public=False):
            with desk.store.begin() as tx:
                tx.journal.append("message.automatic", str(known), {"message": message, "why": incoming.why}, now)
        return False
    talk = threads.conversation_of(incoming, message, now)
    author = threads.author(talk, incoming)
    said = [runs(one) for one in threads.earlier(talk, message)]
    own = without_signature(own_words(_kept(incoming.text), said))
    text = taken_out(desk, str(talk), message, own) if author is Author.CUSTOMER else own
    with desk.store.begin() as tx:
        coded = text != own or tx.identity.latest(str(talk)) is not None  # what it quotes may hold the code, too
    if coded:
        incoming = _without_codes(incoming)
    threads.keep(talk, message, text, incoming, author=author, public=True)
    if author is not Author.CUSTOMER:  # somebody beside the requester: read with the rest, and answered by nobody
        return False
    with desk.store.begin() as tx:
        filed = file(tx, Delivery(incoming.channel, message, str(talk), message, incoming.channel, now))
        if filed and incoming.kind is Kind.UNREADABLE:
            _for_people(desk, tx, str(talk), message, incoming.why)
    return filed


def _for_people(desk: Desk, tx: Transaction, ticket: str, message: str, why: str) -> None:
    """Theirs before its run starts, which then says and does nothing."""
    if tx.tickets.owner(ticket) != ASSISTANT:
        return
    to = f"queue:{desk.voice.default_queue}"
    tx.tickets.give_to(ticket, to)
    tx.journal.append("ticket.given", ticket, {"to": to, "by": ASSISTANT, "why": why, "message": message}, desk.clock())


def _without_codes(incoming: Incoming) -> Incoming:
    return replace(incoming, original=without_codes(incoming.original))


def _storable(incoming: Incoming) -> Incoming:
    """Without what no database takes, wherever somebody put it: it would come again for ever."""
    who = incoming.requester
    return replace(
        incoming,
        requester=replace(who, name=storable(who.name)),
        text=storable(incoming.text),
        subject=storable(incoming.subject),
        original=storable(incoming.original),
    )


def _kept(text: str) -> str:
    return text.replace("\r\n", "\n")[:LONGEST]
