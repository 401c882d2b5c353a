"""The kill switch: a person stops all effects, or those of one action or procedure, on one ticket or for one customer,
and lets them go on again."""

from datetime import datetime

from deskhand.domain.pause import DESK, Pause
from deskhand.domain.ref import Ref
from deskhand.ports.store import Store

NO_TICKET = ""


def pause(store: Store, scope: str, *, by: str, why: str, now: datetime) -> Pause:
    """From this commit on nothing new is sent within `scope`; what was sent a moment before is still looked after.

    A scope that is paused already stays as it is, and is returned with who paused it and why.
    """
    with store.begin() as tx:
        new = Pause(scope, by, why, now)
        if not tx.pauses.put(new):
            return next(one for one in tx.pauses.standing() if one.scope == scope)
        tx.journal.append("desk.paused", NO_TICKET, {"scope": scope, "by": by, "why": why}, now)
    return new


def resume(store: Store, scope: str, *, by: str, now: datetime) -> bool:
    """False when it was not paused. What was proposed meanwhile waits for a decision of an agent, and stays there."""
    with store.begin() as tx:
        lifted = tx.pauses.lift(scope, now)
        if lifted:
            tx.journal.append("desk.resumed", NO_TICKET, {"scope": scope, "by": by}, now)
    return lifted


def scope_of(action: str = "", procedure: str = "", ticket: str = "", customer: str = "") -> str:
    """The scope that a person means: one action, procedure, ticket or customer, or the whole desk when none is named.

    ValueError for several, and for a ticket or customer that is no `Ref` as text.
    """
    named = {"action": action, "procedure": procedure, "ticket": ticket, "customer": customer}
    chosen = [(kind, name) for kind, name in named.items() if name]
    if len(chosen) > 1:
        raise ValueError(f"name one of them: {' or '.join(kind for kind, _ in chosen)}")
    for ref in (ticket, customer):
        if ref:
            Ref.parse(ref)
    return ":".join(chosen[0]) if chosen else DESK
