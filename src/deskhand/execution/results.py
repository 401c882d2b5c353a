"""What became of an attempt to act."""

from dataclasses import dataclass
from typing import Literal

from deskhand.domain.action import Proposal, Receipt
from deskhand.domain.pause import Pause
from deskhand.domain.verdict import Verdict


@dataclass(frozen=True)
class Done:
    """It happened, now or in a former attempt."""

    receipt: Receipt
    is_: Literal["done"] = "done"


@dataclass(frozen=True)
class Stopped:
    """Policy does not allow it, on the facts as they are now. Nothing was done."""

    verdict: Verdict
    is_: Literal["stopped"] = "stopped"


@dataclass(frozen=True)
class Changed:
    """Since the approval something it was bound to has changed. Nothing was done; `now` is what it looks like today."""

    now: Proposal
    is_: Literal["changed"] = "changed"


@dataclass(frozen=True)
class Declined:
    """The other system surely did not do it, and will not."""

    reason: str
    is_: Literal["declined"] = "declined"


@dataclass(frozen=True)
class Unsure:
    """It may have happened, or could not be tried. Ask again with the same key after a while."""

    reason: str
    is_: Literal["unsure"] = "unsure"


@dataclass(frozen=True)
class Frozen:
    """The ticket belongs to people now. Nothing was done."""

    owner: str
    is_: Literal["frozen"] = "frozen"


@dataclass(frozen=True)
class Paused:
    """The kill switch is on, or a circuit breaker tripped just now. Nothing was done."""

    pause: Pause
    is_: Literal["paused"] = "paused"


Result = Done | Stopped | Changed | Declined | Unsure | Frozen | Paused
