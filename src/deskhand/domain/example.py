"""What an agent made of a suggestion: kept, so that the next one like it is better."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.ref import Ref

TRACED = re.compile(r"example (\S{1,64}): ")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
SHORTEST = 20  # letters of a sentence that tells one text from another


class Judged(StrEnum):
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Example:
    """`message` and both replies are masked, the replies without greeting and signature. `instead` is the reply the
    agent sent, empty for a rejection; `reason` is the agent's, empty for an edit without one. `customer` is whose
    ticket it was: they may have it erased. `about` is the procedure that it was about, where the agent said so.
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
    about: str = ""

    @property
    def rerouted(self) -> bool:
        """Whether the agent said that it was about something else than was suggested."""
        return bool(self.about) and self.about not in self.procedures


def whose(customer: str, email: str) -> str:
    """Whose an example is: the customer's `Ref` as text, or that of the address they wrote from when nobody knew it."""
    return customer or str(Ref("email", "address", email.strip().lower()))


def traced(example: Example, how: str) -> str:
    """The line of a trace that tells which example a plan heeded. It holds none of the example's words."""
    return f"example {example.id}: {how}"


def heeded(trace: Iterable[str]) -> tuple[str, ...]:
    """The ids of the examples that a trace tells of."""
    return tuple(dict.fromkeys(found[1] for line in trace if (found := TRACED.match(line))))


def sentences(text: str) -> frozenset[str]:
    """The sentences that tell a text from others, in lower case."""
    parts = (" ".join(part.split()).lower() for part in SENTENCE_END.split(text))
    return frozenset(part for part in parts if len(part) >= SHORTEST)
