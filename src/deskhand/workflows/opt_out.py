"""Who wants no messages of ours that they did not ask for. From the commit on nothing is sent to them."""

from datetime import datetime

from deskhand.ports.store import Store

NO_TICKET = ""


def opt_out(store: Store, customer: str, *, by: str, now: datetime) -> bool:
    """`customer` is a `Ref` as text. False when they had opted out before."""
    with store.begin() as tx:
        new = tx.contacts.opt_out(customer, by=by, at=now)
        if new:
            tx.journal.append("proactive.opted_out", NO_TICKET, {"customer": customer, "by": by}, now)
    return new


def opt_in(store: Store, customer: str, *, by: str, now: datetime) -> bool:
    """Take an opt-out back. False when there was none."""
    with store.begin() as tx:
        lifted = tx.contacts.opt_in(customer, by=by, at=now)
        if lifted:
            tx.journal.append("proactive.opted_in", NO_TICKET, {"customer": customer, "by": by}, now)
    return lifted
