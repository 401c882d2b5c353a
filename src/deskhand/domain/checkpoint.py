"""The journal as it was at one moment, signed."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.digest import canonical

MADE = "checkpoint.made"


@dataclass(frozen=True)
class Checkpoint:
    """The line `seq` of the journal had this `hash`, and with it every line before it was as it is. `public`: the key
    that `signature` is proved by; both in hex."""

    seq: int
    hash: str
    at: datetime
    public: str
    signature: str

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return canonical(["deskhand checkpoint 1", self.seq, self.hash, self.at.isoformat()]).encode()
