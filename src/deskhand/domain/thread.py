"""What was said before a message: the ticket's conversation, and the customer's former tickets in a few words."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ticket import Author


@dataclass(frozen=True)
class Said:
    """One earlier message, as a brain may see it: masked, of bounded length, never a note among agents."""

    author: Author
    text: str
    at: datetime


@dataclass(frozen=True)
class Former:
    """A former ticket of the same customer: what was asked, in their words, how it ended, and what was done.

    `procedures` are those that its requests were taken for."""

    ticket: str
    at: datetime
    asked: tuple[str, ...]
    outcome: str
    done: tuple[str, ...]
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thread:
    """`said` in order. Of many only the first and the last ones: `left_out` tells how many are missing between them.

    `asked` says in a few words what our last reply asked the customer for, or is empty. `repeats`: how often one thing
    was said again, by them or by us, without getting further; `questions`: our last replies in a row that only asked.
    """

    said: tuple[Said, ...] = ()
    left_out: int = 0
    former: tuple[Former, ...] = ()
    asked: str = ""
    repeats: int = 0
    questions: int = 0


NOTHING_SAID = Thread()
