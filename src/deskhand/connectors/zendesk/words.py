"""Zendesk's words for the state of a ticket, as ours."""

from collections.abc import Mapping
from typing import Any

from deskhand.domain.ticket import Priority, Status

STATUSES = {"new": Status.OPEN, "open": Status.OPEN, "pending": Status.PENDING, "hold": Status.PENDING}
STATUSES |= {"solved": Status.SOLVED, "closed": Status.CLOSED}


def status_of(raw: Mapping[str, Any]) -> Status:
    """A word of theirs that is new to us must not break a read."""
    return STATUSES.get(raw["status"], Status.OTHER)


def priority_of(raw: Mapping[str, Any]) -> Priority | None:
    word = raw.get("priority")
    return Priority(word) if word in list(Priority) else None


def group_of(raw: Mapping[str, Any]) -> str:
    return str(raw.get("group_id") or "")
