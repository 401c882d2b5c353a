"""What policy says of an action: one of five, always with the rule that spoke."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Allow:
    rule: str
    says: str = ""
    effect: Literal["allow"] = "allow"


@dataclass(frozen=True)
class Approve:
    """For each role in `by` another person must approve; a role that stands there twice takes two people.

    `four_eyes`: whoever asked for the action, by a click of their own, is none of them.
    """

    rule: str
    by: tuple[str, ...]
    says: str = ""
    four_eyes: bool = False
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


def people_wanted(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """The roles of all who must approve when these are done together: of each as many as the one that wants most."""
    wanted: Counter[str] = Counter()
    for one in verdicts:
        if isinstance(one, Approve):
            wanted |= Counter(one.by)
    return tuple(wanted.elements())


def in_words(roles: Iterable[str]) -> str:
    """Who must approve, for people to read: "agent and team_lead (2 people)"."""
    counted = Counter(roles).items()
    return " and ".join(role if count == 1 else f"{role} ({count} people)" for role, count in counted)
