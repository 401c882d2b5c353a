"""The door where Freshdesk's payloads become our values."""

from collections.abc import Iterator
from contextlib import contextmanager

from deskhand.connectors.freshdesk import API
from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref


@contextmanager
def understood(what: str) -> Iterator[None]:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one. Only round reading."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"freshdesk: a {what} cannot be read: {type(error).__name__}") from error


def path_of(ref: Ref) -> str:
    """Of a ticket. Its id goes into an address, so it is a number or nothing."""
    if not (ref.id.isascii() and ref.id.isdigit()):
        raise Invalid("freshdesk: this is no number of a ticket: nothing was asked.")
    return f"{API}/tickets/{ref.id}"
