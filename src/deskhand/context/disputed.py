"""Disputed payments of a customer, for whoever takes over: they are to know of them whatever the message is about."""

from collections.abc import Mapping
from datetime import datetime

from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.errors import ConnectorError
from deskhand.domain.finding import Fact, Value

LOOK_UP, SYSTEM = "billing.disputes", "billing"
DAYS = 365  # a bank takes disputes for months, most of them for at most 120 days
UNKNOWN = "unknown, because billing did not answer"
NOT_ASKED = "unknown, because a system did not answer just before"


def disputed(dossier: Dossier, look_ups: LookUps, at: datetime, *, failed: bool = False) -> tuple[Fact, ...]:
    """A fact for each dispute, settled ones included; none where there is no dispute, or nobody fits. When a system has
    `failed` just now, none is asked once more."""
    if LOOK_UP not in look_ups.specs or not isinstance(dossier.identity, Matched):
        return ()
    if failed:
        return (Fact(LOOK_UP, NOT_ASKED, SYSTEM, at),)
    try:
        found = look_ups.of(dossier.identity.customer)(LOOK_UP, {"days": DAYS})
    except ConnectorError:
        return (Fact(LOOK_UP, UNKNOWN, SYSTEM, at),)
    return tuple(Fact(f"{LOOK_UP}.{row['charge']}", _told(row), found.source, found.read_at) for row in found.rows)


def _told(row: Mapping[str, Value]) -> str:
    parts = [f"{row['amount']} of {_day(row['paid'])} is disputed", f"status {row['status']}"]
    parts += [f"reason {row['reason']}"] if row.get("reason") else []
    due = row.get("due")
    parts.append(f"evidence due {due:%Y-%m-%d %H:%M} UTC" if isinstance(due, datetime) else "no day known for evidence")
    return ", ".join(parts)


def _day(at: Value) -> str:
    assert isinstance(at, datetime)
    return f"{at:%Y-%m-%d}"
