"""An agent says that two records are one person, or two; and takes it back. The journal keeps who, when and why."""

from datetime import datetime

from deskhand.domain.errors import Invalid
from deskhand.domain.link import Bond, Link
from deskhand.domain.ref import Ref
from deskhand.ports.store import Store
from deskhand.workflows.pause import NO_TICKET


def link(store: Store, bond: Bond, keep: Ref, other: Ref, *, by: str, why: str, now: datetime) -> Link:
    """It counts from the next message on. `Invalid` for a record with itself, for records of two systems called the
    same (those are joined by ids and addresses, see `[identity]`), and for what contradicts a link that stands."""
    if keep == other:
        raise Invalid(f"{keep} is one record, not two: nothing was changed.")
    if bond is Bond.SAME and keep.system != other.system:
        raise Invalid("Records of two systems are joined by ids and addresses: nothing was changed.")
    with store.begin() as tx:
        if standing := tx.links.among((keep, other)):
            raise Invalid(f"Link {standing[0].number} already says {standing[0].bond} of them: nothing was changed.")
        number = tx.links.add(bond, keep, other, by=by, why=why, at=now)
        told = {"link": number, "bond": bond, "keep": str(keep), "other": str(other), "by": by, "why": why}
        tx.journal.append("customer.linked", NO_TICKET, told, now)
    return Link(number, bond, keep, other, by, why, now)


def unlink(store: Store, number: int, *, by: str, now: datetime) -> bool:
    """False when no such link stands. What was done meanwhile stays done, and its records say on whom."""
    with store.begin() as tx:
        undone = tx.links.undo(number, by=by, at=now)
        if undone:
            tx.journal.append("customer.unlinked", NO_TICKET, {"link": number, "by": by}, now)
    return undone
