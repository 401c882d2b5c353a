"""Somebody tells which customers left, and when: what retention is measured by. Nothing else follows from it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref
from deskhand.measurement.churn import LEFT
from deskhand.ports.store import Store, Transaction
from deskhand.workflows.pause import NO_TICKET

PAGE = 1_000


def note_churn(store: Store, left: Mapping[Ref, date], *, by: str, now: datetime) -> int:
    """How many were news; what was told before is not written again, and another day takes the place of the one before.
    All or none: `Invalid` for a day to come."""
    if early := {str(ref): on for ref, on in left.items() if on > now.date()}:
        name, on = next(iter(early.items()))
        raise Invalid(f"{name} cannot have left on {on}, which is still to come: nothing was changed.")
    with store.begin() as tx:
        known, count = _known(tx), 0
        for ref, on in left.items():
            # Who came and left on one day came first.
            at = datetime.combine(on, time(23, 59, 59), UTC).isoformat()
            if known.get(str(ref)) != at:
                tx.journal.append(LEFT, NO_TICKET, {"customer": str(ref), "at": at, "by": by}, now)
                count += 1
    return count


def _known(tx: Transaction) -> dict[str, str]:
    found: dict[str, str] = {}
    after = 0
    while page := tx.journal.behind(after, [LEFT], PAGE):
        found |= {str(line.body["customer"]): str(line.body["at"]) for line in page}
        after = page[-1].seq
    return found
