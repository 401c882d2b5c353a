"""Closing what has gone quiet, beside all other work."""

from contextlib import AbstractContextManager

from deskhand.bootstrap.every import every
from deskhand.workflows.close_quiet import close_quiet
from deskhand.workflows.desk import Desk


def closing(desk: Desk, minutes: float) -> AbstractContextManager[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    return every(60 * minutes, lambda: close_quiet(desk), "closing quiet tickets")
