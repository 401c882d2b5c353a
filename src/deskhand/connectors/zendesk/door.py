"""The door where Zendesk's payloads become our values."""

from collections.abc import Iterator
from contextlib import contextmanager

from deskhand.domain.errors import Invalid


@contextmanager
def understood(what: str) -> Iterator[None]:
    """`Invalid` for an object that lacks what we rely on: better no answer than a wrong one. Only round reading."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise Invalid(f"zendesk: a {what} cannot be read: {type(error).__name__}") from error
