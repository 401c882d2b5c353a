"""The door where Jira's payloads become our values."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.ref import Ref

KEY = re.compile(r"[A-Z][A-Z0-9_]{0,40}-[0-9]{1,15}")  # DESK-12


@contextmanager
def understood(what: str) -> Iterator[None]:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one. Only round reading."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Invalid(f"jira: a {what} cannot be read: {type(error).__name__}") from error


def issue(ticket: Ref) -> str:
    """The path of this ticket's issue. `Missing` for what is no issue key: it must not become another path."""
    return f"/rest/api/3/issue/{key_of(ticket)}"


def key_of(ticket: Ref) -> str:
    if not KEY.fullmatch(ticket.id):
        raise Missing(f"jira: {ticket.id!r} is no issue key")
    return ticket.id
