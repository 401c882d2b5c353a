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


def assignee_of(raw: Mapping[str, Any]) -> str:
    return str(raw.get("assignee_id") or "")


def fields_of(raw: Mapping[str, Any], ids: Mapping[str, int]) -> dict[str, str]:
    """The fields of these ids by name, those with nothing in them left out."""
    values = {one["id"]: one.get("value") for one in raw.get("custom_fields") or ()}
    return {name: str(values[id]) for name, id in ids.items() if values.get(id) not in (None, "")}
