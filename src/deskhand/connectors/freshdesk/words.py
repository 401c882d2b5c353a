"""Freshdesk's numbers for the state of a ticket, as our words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskhand.domain.ticket import Priority, Status

STATUSES = {2: Status.OPEN, 3: Status.PENDING, 4: Status.SOLVED, 5: Status.CLOSED}
PRIORITIES = {1: Priority.LOW, 2: Priority.NORMAL, 3: Priority.HIGH, 4: Priority.URGENT}
NUMBERS = {word: number for number, word in STATUSES.items()}
URGENCIES = {word: number for number, word in PRIORITIES.items()}
CHANNELS = {1: "email", 2: "web", 3: "phone", 7: "chat", 9: "widget", 10: "email"}
BY_PHONE, OUTBOUND = 3, 10  # an agent wrote it down, or wrote first


def status_of(raw: Mapping[str, Any]) -> Status:
    """A company makes states of its own, from 6 on: they are none of ours."""
    return STATUSES.get(raw["status"], Status.OTHER)


def priority_of(raw: Mapping[str, Any]) -> Priority | None:
    return PRIORITIES.get(raw.get("priority") or 0)


def channel_of(raw: Mapping[str, Any]) -> str:
    return CHANNELS.get(raw.get("source") or 0, "freshdesk")


def group_of(raw: Mapping[str, Any]) -> str:
    return str(raw.get("group_id") or "")


def assignee_of(raw: Mapping[str, Any]) -> str:
    return str(raw.get("responder_id") or "")


def tags_of(raw: Mapping[str, Any]) -> list[str]:
    return list(raw.get("tags") or ())


def due_of(raw: Mapping[str, Any], *, answered: bool) -> datetime | None:
    """Until when the first answer is due, or once there is one, the solution. Only while it is open does its clock
    run."""
    text = raw.get("due_by" if answered else "fr_due_by")
    return datetime.fromisoformat(text) if text and status_of(raw) is Status.OPEN else None


def fields_of(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """The company's own fields by the desk's names, those with nothing in them left out."""
    held = raw.get("custom_fields") or {}
    return {name: str(held[field]) for name, field in names.items() if held.get(field) not in (None, "")}
