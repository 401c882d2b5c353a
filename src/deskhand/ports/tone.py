"""What planning needs from outside to hear how a sentence is meant."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Tone:
    """Log-odds that a sentence is small talk, which states nothing, and that it binds the company: a promise, a deed,
    a right."""

    talk: float
    binding: float


class Hear(Protocol):
    def __call__(self, sentence: str) -> Tone:
        """The same for the same sentence."""
        ...
