"""What visitors leave beside messages: an opinion of a conversation, and files."""

from dataclasses import dataclass
from datetime import datetime

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Rating:
    """How satisfied a customer was with a conversation, from 1 to 5. `words`: what else they said, masked; the journal
    gets none of it."""

    ticket: str
    score: int
    words: str
    at: datetime

    def __post_init__(self) -> None:
        if not LOWEST <= self.score <= HIGHEST:
            raise ValueError(f"a score is {LOWEST} to {HIGHEST}, not {self.score}")


@dataclass(frozen=True)
class SentFile:
    """A file that a visitor sent. `type` is what its content is; `message` is the one that it hangs on, "" until that
    is sent."""

    id: str
    ticket: str
    message: str
    name: str
    type: str
    size: int
    at: datetime
