"""One-time codes: made from a seed and a key that only this desk has, so that a code can be sent again, and is kept
nowhere."""

from typing import Protocol

from deskhand.domain.one_time_code import IssuedCode


class Codes(Protocol):
    def seed(self) -> str:
        """What nobody can guess, for one code."""
        ...

    def digits(self, code: IssuedCode) -> str:
        """The code itself: always the same for the same seed, ticket and customer."""
        ...

    def fits(self, digits: str, code: IssuedCode) -> bool:
        """Compared in constant time; never true of a code that was sent to nobody."""
        ...
