"""A refund can fail days after it was accepted: then the customer was told something that is no longer true."""

from datetime import datetime

from deskhand.domain.delivery import BillingEvent, Delivery
from deskhand.domain.ref import Ref
from deskhand.ports.store import Store
from deskhand.workflows.desk import Desk

GONE = frozenset({"failed", "canceled"})


def take_billing_event(store: Store, event: BillingEvent, now: datetime) -> bool:
    """File it once; an event about a refund starts a run that reads the refund again. True when it was new."""
    place = f"{event.source}:event:{event.id}"
    with store.begin() as tx:
        if not tx.inbox.file(Delivery(event.source, event.id, place, event.id, event.source, now)):
            return False
        tx.journal.append("billing.event", place, {"kind": event.kind, "about": str(event.about)}, now)
        if event.about.kind == "refund":
            key = f"event/{event.source}/{event.id}"
            tx.runs.enqueue("billing_event", str(event.about), key, str(event.about), bulk=True)
    return True


def follow_refund(desk: Desk, refund: str) -> None:
    """When a refund of ours is gone, its ticket goes to people, who know what the customer was told."""
    desk.step(_follow, desk, refund)


def _follow(desk: Desk, refund: str) -> None:
    made = desk.billing.made_refund(Ref.parse(refund)).value
    if made.status not in GONE or not made.effect:
        return
    now, owner = desk.clock(), f"queue:{desk.voice.default_queue}"
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(made.effect)
        if effect is None:
            return
        tx.tickets.give_to(effect.ticket, owner)
        told = {"key": effect.key, "refund": made.ref.id, "status": made.status, "to": owner}
        tx.journal.append("refund.failed", effect.ticket, told, now)
