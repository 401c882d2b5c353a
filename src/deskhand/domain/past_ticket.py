"""A ticket of the past, with what only its history knows; and what of a history could not be read."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ticket import Ticket


@dataclass(frozen=True)
class PastTicket:
    """`csat` is the customer's rating from 1 to 5, `resolved_at` when the help desk said that it was solved.

    `unread` names what of it could not be read and was left out: the rest stands. `timed`: whether the times of the
    agents' messages are known, and not only that there were some.
    """

    ticket: Ticket
    csat: int | None = None
    resolved_at: datetime | None = None
    unread: tuple[str, ...] = ()
    timed: bool = True


@dataclass(frozen=True)
class Skipped:
    """A part of a history that is no ticket, and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


Past = PastTicket | Skipped
