"""Somebody takes a copy of the journal away: that, too, is a line of it."""

from datetime import datetime

from deskhand.domain.journal_line import Sought
from deskhand.ports.store import Store

NO_TICKET = ""
EXPORTED = "journal.exported"


def note_export(store: Store, sought: Sought, form: str, *, by: str, now: datetime) -> int:
    """The number of the line that tells of it; the copy holds what stands before it. The words that were searched for
    may be a customer's, and are not written down."""
    told = {
        "by": by,
        "form": form,
        "kind": sought.kind,
        "of": sought.ticket,
        "whose": sought.person,
        "searched": bool(sought.words),
        "since": sought.since,
        "until": sought.until,
    }
    with store.begin() as tx:
        return tx.journal.append(EXPORTED, NO_TICKET, told, now)
