"""What a request to a model belongs to: one question, until when it has to be answered, and who spoke last."""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from deskhand.infrastructure.llm.question import Question
from deskhand.ports.reasoning import CallLog

DOWN = 2  # failures in a row, then a model rests
USELESS = 3  # the same for questions without a usable answer: one odd message alone silences nobody
REST = 30.0  # seconds


@dataclass(eq=False)
class Health:
    """How a model has fared lately. An answer that was of use makes it well again; a whole response does not yet."""

    bad: int = 0
    until: float = 0.0

    @property
    def resting(self) -> bool:
        return time.monotonic() < self.until

    def failed(self, most: int) -> None:
        self.bad += 1
        if self.bad >= most:
            self.until = time.monotonic() + REST

    def well(self) -> None:
        self.bad = 0


@dataclass
class Asked:
    """`seconds` is the time for all requests of the question together; `speaker` is who answered last, whole."""

    question: Question
    calls: CallLog
    seconds: float
    began: float = field(default_factory=time.monotonic)
    speaker: Health | None = None
    passed_over: list[Health] = field(default_factory=list)

    def left(self, share: float) -> float:
        """Seconds until this share of the time is over."""
        return self.began + share * self.seconds - time.monotonic()

    def answered(self) -> None:
        """What was said last is of use."""
        if self.speaker:
            self.speaker.well()

    def pass_over(self) -> bool:
        """What was said last is of no use: somebody else has to answer this question. False when nobody spoke."""
        if self.speaker is None:
            return False
        self.speaker.failed(USELESS)
        self.passed_over.append(self.speaker)
        self.speaker = None
        return True


ASKED: ContextVar[Asked] = ContextVar("asked")
