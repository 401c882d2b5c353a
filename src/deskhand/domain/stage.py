"""How far the assistant is trusted with a procedure: three stages, each stricter than the next."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """READ_ONLY only suggests, ASSISTED waits for one click of an agent, AUTONOMOUS acts within policy."""

    READ_ONLY = "read-only"
    ASSISTED = "assisted"
    AUTONOMOUS = "autonomous"

    @property
    def trust(self) -> int:
        """0, 1 or 2: the stage of several procedures is the one with the least trust."""
        return list(Stage).index(self)

    @property
    def below(self) -> "Stage":
        """One step back; READ_ONLY has none below it."""
        return list(Stage)[max(0, self.trust - 1)]

    @property
    def above(self) -> "Stage":
        """One step on; AUTONOMOUS has none above it."""
        return list(Stage)[min(len(Stage) - 1, self.trust + 1)]


def least(*stages: Stage) -> Stage:
    """The one with the least trust."""
    return min(stages, key=lambda one: one.trust)


def most(*stages: Stage) -> Stage:
    """The one with the most trust."""
    return max(stages, key=lambda one: one.trust)


@dataclass(frozen=True)
class StageNow:
    """The highest stage that `procedure` has for anybody from now on. `changed`: whether this call made it so, and
    `line` is then the number of its line in the journal; else `why` says why nothing was changed."""

    procedure: str
    stage: Stage
    changed: bool
    why: str
    line: int = 0
