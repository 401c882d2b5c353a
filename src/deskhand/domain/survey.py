"""Whether and how a customer is asked how satisfied they are, once, after a ticket has closed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.domain.visit import HIGHEST, LOWEST

SURVEY = "csat/"  # how the keys of these effects begin
OPEN = timedelta(days=7)  # from the first answer on it may be changed
ANSWERABLE = timedelta(days=30)  # from the question on it may be answered


def nowhere(name: str) -> str:
    """A desk without a public address has no page for it."""
    return ""


@dataclass(frozen=True)
class Survey:
    """`link`: the public address of the question, from `name_of`; "" where this desk has none."""

    ask: bool = False
    link: Callable[[str], str] = nowhere


@dataclass(frozen=True)
class Answered:
    """`score` from 1 to 5; `words`: what else was said, masked. `first`: when it was answered first."""

    ticket: str
    stretch: int
    score: int
    words: str
    first: datetime
    at: datetime

    def __post_init__(self) -> None:
        if not LOWEST <= self.score <= HIGHEST:
            raise ValueError(f"a score is {LOWEST} to {HIGHEST}, not {self.score}")


def name_of(ticket: str, stretch: int) -> str:
    """What the address of a question names: one ticket, from its opening to its closing."""
    return json.dumps([ticket, stretch])


def named(name: str) -> tuple[str, int]:
    """The ticket and the number of its stretch."""
    ticket, stretch = json.loads(name)
    return str(ticket), int(stretch)


def key_of(ticket: str, stretch: int) -> str:
    return f"{SURVEY}{ticket}/{stretch}"
