"""What became of those we wrote to first, and of those who were held out, as our memory has it."""

from datetime import timedelta

from deskhand.domain.outreach import ContactState
from deskhand.measurement.outreach import Followed
from deskhand.ports.store import Store

WITHIN = timedelta(days=14)


def followed(store: Store) -> list[Followed]:
    """Each of both groups, oldest first. Nothing outside is asked."""
    found = []
    with store.begin() as tx:
        for one in tx.contacts.every():
            if one.settled_at and one.state in (ContactState.CONTACTED, ContactState.HELD_OUT):
                wrote = tx.contacts.wrote(one.customer, one.settled_at, one.settled_at + WITHIN)
                found.append(Followed(one.family, one.state is ContactState.HELD_OUT, wrote, one.solved))
    return found
