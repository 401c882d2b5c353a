"""A person answers for what went wrong: from then on it stands in no promotion's way."""

from datetime import datetime

from deskhand.ports.store import Store


def close_finding(store: Store, finding: str, *, ticket: str = "", by: str, why: str, now: datetime) -> None:
    """`finding`: its id, or "line-<number>" of the journal's line about a deed. Both stay in the journal."""
    with store.begin() as tx:
        tx.journal.append("finding.closed", ticket, {"finding": finding, "by": by, "why": why}, now)
