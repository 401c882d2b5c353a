"""An alarm as people are told of it elsewhere: figures and names of our own, and nothing of a customer."""

from dataclasses import dataclass
from datetime import datetime

NAMES = {
    "rejections": "agents reject more suggestions",
    "edits": "agents edit more suggestions",
    "ungrounded": "more drafts claim what has no source",
    "unsatisfied": "customers give lower ratings",
    "upset": "more customers are upset",
    "returns": "more customers come back after an answer",
    "escalations": "more messages go to people",
    "failures": "more messages fail because a system does not answer",
    "unknown": "more messages ask for what no procedure covers",
    "confidence": "the assistant is less sure",
    "own_ms": "our own work takes longer",
    "model_ms": "models take longer",
    "cost": "a message costs more",
    "languages": "customers write in other languages",
    "topics": "customers write about other things",
}


@dataclass(frozen=True)
class DriftAlert:
    """`was` and `now`: a share, or how much, in the signal's unit."""

    id: str
    procedure: str
    signal: str
    since: datetime
    was: float
    now: float
    steps_back: bool

    @property
    def subject(self) -> str:
        return f"Drift: {self.procedure or 'the whole desk'}: {NAMES.get(self.signal, self.signal)}"

    @property
    def text(self) -> str:
        lines = [
            f"{self.subject}.",
            f"{self.signal}: {self.was:.4g} before, {self.now:.4g} now, since about {self.since:%Y-%m-%d %H:%M} UTC.",
        ]
        if self.steps_back:
            lines.append(f"{self.procedure} steps back one stage until a person promotes it again.")
        lines.append("Look at Drift in the workspace, or run: deskhand drift")
        return "\n".join(lines)
