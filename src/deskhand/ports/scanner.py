"""What looks for malicious content in a file."""

from typing import Protocol

from deskhand.domain.attachment import Scanned


class Scanner(Protocol):
    def scan(self, content: bytes) -> Scanned:
        """What it makes of this content; FAILED for whatever is no clear answer. Never raises."""
        ...
