"""How far the assistant is trusted with a procedure: three stages, each stricter than the next."""

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
