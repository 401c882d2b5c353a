"""What the assistant would do about a message: a reply, the actions it rests on, and where each claim comes from."""

from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.action import Proposal
from deskhand.domain.article import Citation
from deskhand.domain.finding import Fact
from deskhand.domain.one_time_code import StepUp


class End(StrEnum):
    """How the plan would leave the message, once everything in it is done."""

    RESOLVED = "resolved"
    ANSWERED = "answered"
    ASKED = "asked"


@dataclass(frozen=True)
class Resolution:
    """A plan, not a deed. `reply` may hold places like {{ receipts.0.id }}, filled when action 0 has its receipt.

    `procedures` are the procedures followed, in order (none for an answer from articles); `asks` says in a few words
    what the customer is asked for, when `end` is ASKED; `trace` tells each step taken, for people; `refused` holds,
    for each draft that review sent back, what kinds of fault it had; with `step_up` a code is sent before the reply;
    `policy` is what was decided on the message and the proposals, in words for people; `elsewhere` says to them that
    the matter is on another ticket already.
    """

    reply: str
    end: End
    proposals: tuple[Proposal, ...]
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...]
    procedures: tuple[str, ...]
    asks: str = ""
    trace: tuple[str, ...] = ()
    refused: tuple[tuple[str, ...], ...] = ()
    step_up: StepUp | None = None
    policy: tuple[str, ...] = ()
    elsewhere: str = ""

    @property
    def only_points(self) -> bool:
        """Whether it is no answer of its own, but the short letter that says where this is seen to."""
        return bool(self.elsewhere) and self.trace == (self.elsewhere,)


@dataclass(frozen=True)
class GiveUp:
    """The planner cannot or may not solve this: hand it to a person. `queue` is empty for the default queue."""

    reason: str
    because: str
    queue: str = ""
    says: str = ""
    proposals: tuple[Proposal, ...] = ()
    facts: tuple[Fact, ...] = ()
    procedures: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    refused: tuple[tuple[str, ...], ...] = ()


Plan = Resolution | GiveUp
