"""One-time codes: what was sent to the address on file, and what became of the numbers that came back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CodeState(StrEnum):
    """OPEN may be given back; REPLACED: a newer one was sent on the ticket; SPENT: too many wrong ones came."""

    OPEN = "open"
    USED = "used"
    SPENT = "spent"
    REPLACED = "replaced"


@dataclass(frozen=True)
class IssuedCode:
    """A code without the code: only together with the desk's key does `seed` lead to it.

    `key` names its sending; `customer` is a `Ref` as text, empty when nobody has the address: then nothing was sent,
    and no number fits. `message` is the one whose request waits for it; `tries` counts the wrong ones so far.
    """

    key: str
    ticket: str
    customer: str
    message: str
    seed: str
    issued_at: datetime
    expires_at: datetime
    tries: int = 0
    state: CodeState = CodeState.OPEN


class Presented(StrEnum):
    """FOREIGN: it fits a code of another ticket. EXPIRED: it would have fitted, but is too old or was used before."""

    PROVEN = "proven"
    WRONG = "wrong"
    SPENT = "spent"
    EXPIRED = "expired"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Attempt:
    """What one message's numbers were. `code` is the key of the code that they were held against, or of the foreign one
    that one of them is; `customer` whose code the ticket waits for; `waits` the message whose request goes on with it,
    empty when none does; `left` how many tries are left; `until` how long a proof holds.
    """

    ticket: str
    message: str
    code: str
    customer: str
    outcome: Presented
    waits: str
    left: int
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class StepUp:
    """A code is to be sent before anything else: to this customer's address on file. `customer` is a `Ref` as text,
    empty when nobody has the address that was named: whoever asks must not learn that."""

    customer: str
