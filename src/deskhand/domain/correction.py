"""What a customer says is wrong or missing in the summary that was passed on to people."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Correction:
    """`message` is the one whose handoff was summed up; `text` is in the customer's words, without what is never
    kept."""

    id: str
    ticket: str
    message: str
    text: str
    at: datetime
