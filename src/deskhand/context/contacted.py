"""What a customer was written to about first: a reply to it needs no explaining."""

from dataclasses import replace
from datetime import datetime, timedelta

from deskhand.context.addressed import refs_of
from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import Finding
from deskhand.ports.store import Store

LATELY = timedelta(days=14)
SOURCE = "deskhand"


def with_contacts(dossier: Dossier, store: Store, now: datetime) -> Dossier:
    """With the facts of each such event of the last two weeks; unchanged unless we know for sure who is writing."""
    if not dossier.verified or not isinstance(dossier.identity, Matched):
        return dossier
    with store.look() as tx:
        told = tx.contacts.told(refs_of(dossier.identity.customer), now - LATELY)
    found = tuple(Finding(f"proactive.{one.kind}", one.facts, (), SOURCE, one.settled_at or now) for one in told)
    return replace(dossier, findings=(*dossier.findings, *found))
