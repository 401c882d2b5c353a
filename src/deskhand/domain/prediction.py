"""How likely a ticket is to end with a person, and what speaks for it."""

from dataclasses import dataclass

RULES = "rules"
MODEL = "model"


@dataclass(frozen=True)
class Reason:
    """One sign of the message: `words` for people, and by how much the probability would differ without it."""

    sign: str
    words: str
    points: float

    def __str__(self) -> str:
        return f"{self.words} ({self.points:+.2f})"


@dataclass(frozen=True)
class Prediction:
    """`by` is "model" or "rules"; `why` says in half a sentence why there is no model, and is empty when there is one.

    `version` names what predicted, so that the number can be computed again; `reasons` are the strongest, first.
    """

    probability: float
    by: str
    version: str
    why: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        because = "; ".join(map(str, self.reasons)) or "nothing stands out"
        by = f" by {self.by}, because {self.why}" if self.why else ""
        return f"{self.probability:.0%}{by}: {because}"
