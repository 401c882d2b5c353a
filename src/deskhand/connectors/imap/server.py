"""Where a mailbox is, and how the connection to it is protected."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from deskhand.connectors.bearer.client import Tokens
from deskhand.connectors.http.this_machine import this_machine


class Guard(StrEnum):
    """NONE is for this machine only."""

    TLS = "imaps"
    STARTTLS = "imap"
    NONE = "imap-plain"


@dataclass(frozen=True)
class Server:
    """`tokens`, where there are any, sign in instead of the password."""

    host: str
    port: int
    guard: Guard
    user: str
    password: str = field(repr=False)
    tokens: Tokens | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.guard is Guard.NONE and not this_machine(self.host):
            raise ValueError("imap-plain:// is for this machine only (127.0.0.1): say imaps:// or imap://")

    @classmethod
    def parse(cls, address: str, user: str, password: str, tokens: Tokens | None = None) -> "Server":
        """From "imaps://host:993" or "imap://host:143". ValueError, with a sentence, for anything else."""
        found = re.fullmatch(r"(imaps|imap|imap-plain)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):([0-9]{1,5})", address)
        if not found or not 0 < int(found[3]) < 65536:
            raise ValueError("an address is imaps://host:993, or imap://host:143 for STARTTLS")
        return cls(found[2].strip("[]"), int(found[3]), Guard(found[1]), user, password, tokens)
