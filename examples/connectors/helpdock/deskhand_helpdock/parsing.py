"""The door where HelpDock's payloads become our values."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Status
from deskhand_helpdock import API

STATES = {
    "new": Status.OPEN,
    "waiting": Status.PENDING,
    "done": Status.SOLVED,
    "archived": Status.CLOSED,
}
URGENCIES = {"low": Priority.LOW, "medium": Priority.NORMAL, "high": Priority.HIGH, "now": Priority.URGENT}


@contextmanager
def understood(what: str) -> Iterator[None]:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one. Only round reading."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"helpdock: a {what} cannot be read: {type(error).__name__}") from error


def path_of(ref: Ref) -> str:
    """Of a ticket. Its id goes into an address, so it is a number or nothing."""
    if not (ref.id.isascii() and ref.id.isdigit()):
        raise Invalid("helpdock: this is no number of a ticket: nothing was asked.")
    return f"{API}/tickets/{ref.id}"


def status_of(raw: Mapping[str, Any]) -> Status:
    return STATES.get(raw["state"], Status.OTHER)


def priority_of(raw: Mapping[str, Any]) -> Priority | None:
    return URGENCIES.get(raw.get("urgency") or "")


def labels_of(raw: Mapping[str, Any]) -> list[str]:
    return list(raw.get("labels") or ())


def fields_of(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """The company's own fields by the desk's names, those with nothing in them left out."""
    held = raw.get("custom") or {}
    return {name: str(held[field]) for name, field in names.items() if held.get(field) not in (None, "")}
