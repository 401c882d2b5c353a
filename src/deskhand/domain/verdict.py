"""What policy says of an action: one of five, always with the rule that spoke."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Allow:
    rule: str
    says: str = ""
    effect: Literal["allow"] = "allow"


@dataclass(frozen=True)
class Approve:
    """A person of each role in `by` must approve."""

    rule: str
    by: tuple[str, ...]
    says: str = ""
    effect: Literal["approve"] = "approve"


@dataclass(frozen=True)
class Confirm:
    """The customer must confirm exactly this action; `says` is the question."""

    rule: str
    says: str
    effect: Literal["confirm"] = "confirm"


@dataclass(frozen=True)
class Deny:
    """No; the customer is told `says`."""

    rule: str
    says: str
    effect: Literal["deny"] = "deny"


@dataclass(frozen=True)
class Escalate:
    """No; the ticket goes to the queue `to`, the customer is told `says`."""

    rule: str
    to: str
    says: str
    effect: Literal["escalate"] = "escalate"


Verdict = Allow | Approve | Confirm | Deny | Escalate
