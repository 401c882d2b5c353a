"""What an agent made of a suggestion: kept, so that the next one like it is better."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Judged(StrEnum):
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Example:
    """`message` and both replies are masked. `instead` is the reply the agent sent, empty for a rejection; `reason` is
    the agent's, empty for an edit without one. `customer` is whose ticket it was: they may have it erased.
    """

    id: str
    customer: str
    message: str
    language: str
    procedures: tuple[str, ...]
    suggested: str
    judged: Judged
    instead: str
    reason: str
    at: datetime
