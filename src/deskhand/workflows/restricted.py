"""Whose words no assistant reads: neither the built-in one nor a model. People answer them."""

from deskhand.domain.customer import records_of
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.workflows.desk import Desk

UNREAD = Understanding("und", (), Sentiment.CALM, Urgency.NORMAL, (), wants_human=False, language_confidence=0.0)


def restricted(desk: Desk, ticket: str, message: str, requester: Requester) -> bool:
    """By their address, their number, the ticket, or a record that any system knows them as."""
    with desk.store.look() as tx:
        if not tx.restrictions.any_stands():
            return False
        known = (ticket, tx.results.customer(ticket, message), requester.email, requester.phone)
        if tx.restrictions.on(known):
            return True
    refs = [str(one) for one in records_of(desk.customers.who(requester).identity)]
    with desk.store.look() as tx:
        return tx.restrictions.on(refs)


def restricted_ticket(desk: Desk, ticket: str, message: str) -> bool:
    """The same of a message that has ended. Where nobody can tell now who wrote it, it counts as restricted."""
    with desk.store.look() as tx:
        if not tx.restrictions.any_stands():
            return False
    ref = Ref.parse(ticket)
    try:
        requester = desk.desks[ref.system].ticket(ref).value.requester
        return restricted(desk, ticket, message, requester)
    except (ConnectorError, KeyError):
        return True
