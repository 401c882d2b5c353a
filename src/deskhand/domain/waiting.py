"""A handoff that nobody has answered yet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """Of the message `message` on `ticket`, since `at`. `person`: whose it is, or "". `due`: until when an
    agent is to have answered. `promised`: from when on somebody is there, if nobody was."""

    ticket: str
    message: str
    queue: str
    person: str
    at: datetime
    due: datetime | None = None
    promised: datetime | None = None
