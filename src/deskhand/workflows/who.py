"""Who writes, as far as this one message shows it, and in which circumstances the desk acts for them."""

from collections.abc import Sequence
from dataclasses import replace

from deskhand.context.changes import recent_changes
from deskhand.domain.case import Case
from deskhand.domain.customer import Identity, Matched, Strength
from deskhand.domain.heard import Heard
from deskhand.domain.stage import Stage
from deskhand.domain.takeover import WATCHED
from deskhand.domain.ticket import NOBODY, Author, Message, Requester, Ticket
from deskhand.policy.moving import Shown, carried
from deskhand.workflows.desk import Desk


def writer(ticket: Ticket, message: Message) -> Requester:
    """The requester, where this message is theirs. Somebody in copy is nobody we know; of a message that the help desk
    doubts, the address is only claimed."""
    if message.author is not Author.CUSTOMER or not message.public:
        return NOBODY
    return ticket.requester if message.vouched else replace(ticket.requester, verified=False)


def proven(desk: Desk, heard: Heard, identity: Identity) -> Identity:
    """The same, raised when whoever wrote this message proved who they are: with it, or shortly before it."""
    if not isinstance(identity, Matched):
        return identity
    with desk.store.look() as tx:
        customer = str(identity.customer.ref)
        own = heard.attempt.message if heard.attempt else ""
        if not heard.vouched and own != heard.message:
            return identity
        at = tx.inbox.received_at(heard.ticket, heard.message) or desk.clock()
        proof = tx.identity.proven(heard.ticket, customer, heard.message, at)
        if not proof and identity.strength.verified:
            here = Shown(heard.channel, heard.requester.verified, identity.strength)
            others = tx.identity.proofs_elsewhere(heard.ticket, customer, at)
            proof = any(carried(Shown(*one, Strength.PROVEN), here).proof for one in others)
    return replace(identity, strength=Strength.PROVEN) if proof else identity


def case_of(desk: Desk, heard: Heard, identity: Identity, stage: Stage) -> Case:
    """What every action for this message is judged in, with the signs of a take-over as they are now."""
    now = desk.clock()
    return Case(heard.ticket, heard.channel, identity, stage, now, signals=_signals(desk, heard, identity))


def _signals(desk: Desk, heard: Heard, identity: Identity) -> Sequence[str] | None:
    """None when a system of record that was to tell did not answer."""
    now, customer = desk.clock(), identity.customer if isinstance(identity, Matched) else None
    changes = recent_changes(desk.look_ups, customer, desk.proving.changes, now, desk.proving.recent)
    if changes is None:
        return None
    with desk.store.look() as tx:
        own = tx.identity.signals(heard.ticket, str(customer.ref) if customer else "", now - WATCHED)
    return tuple(sorted({*changes, *own}))
