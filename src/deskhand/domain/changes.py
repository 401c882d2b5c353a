"""What changed at a help desk since we last asked."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ref import Ref


@dataclass(frozen=True)
class Changed:
    """One ticket that changed; `at` is the time of its last change, by the help desk's clock."""

    ticket: Ref
    at: datetime


@dataclass(frozen=True)
class Changes:
    """A page of them, oldest first. `cursor`, opaque, is where the next page begins; `more`: there is one already."""

    tickets: tuple[Changed, ...]
    cursor: str
    more: bool
