"""How a conversation stands after a message: what the next one may answer, correct or say once more."""

from dataclasses import dataclass

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.understanding import Request

THE_CODE = "the code that was sent"
WHICH_ONE = "which one is meant"  # what we ask for after a correction that does not say what is meant instead


@dataclass(frozen=True)
class Standing:
    """`asks` says in a few words what our reply asked for, empty unless `outcome` is ASKED; `requests` are what the
    message was taken to mean, with everything that was named for them so far; `frustration` is how strongly it showed,
    0 when it did not."""

    outcome: RunOutcome
    language: str
    asks: str
    requests: tuple[Request, ...]
    frustration: float = 0.0
