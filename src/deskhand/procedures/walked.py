"""Where a walk through a procedure led."""

from dataclasses import dataclass

from deskhand.domain.action import Proposal
from deskhand.domain.finding import Finding
from deskhand.domain.resolution import End


@dataclass(frozen=True)
class Stop:
    """Why people take over: `reason` is one word for counting, `says` what the customer is told."""

    reason: str
    because: str
    queue: str = ""
    says: str = ""


@dataclass(frozen=True)
class Walk:
    """Either it ended as a plan, with `said` and `end`, or people take over, with `stop`.

    `said` may hold places like {{ receipts.0.id }}, which count the `proposals` of this walk; `cited` are the sources
    that it rests on, `findings` all that was looked up, `asks` in a word what the customer is asked for, `trace` each
    thing that was judged or taken, for people.
    """

    said: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    cited: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    end: End | None = None
    asks: str = ""
    stop: Stop | None = None
    trace: tuple[str, ...] = ()
