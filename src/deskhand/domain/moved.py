"""What a conversation brings along when its customer goes on with it on another ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kept(StrEnum):
    """What it was: something that the customer told us, or a question of ours that waits for their yes."""

    SLOT = "slot"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Brought:
    """`name` is that of the slot, `value` what they said; both are empty for a confirmation. `ticket` and `at` say
    where it stood before, and since when."""

    kept: Kept
    name: str
    value: str
    ticket: str
    channel: str
    at: datetime


@dataclass(frozen=True)
class Elsewhere:
    """The ticket on which this matter is already being seen to. `people` have it; `told`: the customer was told so on
    this ticket before."""

    ticket: str
    channel: str
    at: datetime
    people: bool
    told: bool
