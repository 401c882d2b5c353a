"""What an action must know about itself to be judged, done, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from deskhand.domain.action import Action, Receipt
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.doors import Reads, Writes


class Nature(StrEnum):
    """What an action is to the customer. An ADVERSE one always needs a person, whatever policy says."""

    BENEFICIAL = "beneficial"
    NEUTRAL = "neutral"
    ADVERSE = "adverse"


class Recovery(StrEnum):
    """How a lost answer is made certain.

    KEYED: `find` tells, and their side takes a key once only. LOOK: `find` tells, once the lost request can no longer
    arrive. REPEAT: sending it again is harmless. PERSON: only a person can find out, so it is never sent again.
    """

    KEYED = "keyed"
    LOOK = "look"
    REPEAT = "repeat"
    PERSON = "person"


@dataclass(frozen=True)
class Seen:
    """What was read again about the action's object, in `plain` what would happen, and whose it is: a customer, the
    e-mail address of one, or None when that cannot be told.

    The first line of `plain` is ours alone: a reply may rest on it. What the proposal itself says, a letter's text or a
    new address, stands in the lines after it. `currency`: of the amounts in it, where the action itself
    moves no money."""

    world: Any
    plain: str
    owner: Ref | str | None
    currency: str | None = None


@dataclass(frozen=True)
class Undo:
    """The action that takes a deed back, while `within` has not passed since."""

    action: Action
    within: timedelta


@dataclass(frozen=True)
class NoUndo:
    """Why a deed cannot be taken back, and what can be done instead: a sentence for the agent."""

    why: str


class ActionKind(Protocol):
    """One action. `arguments` have the types str and Money; `receipt` names what a receipt tells; `deeds` are the
    past participles a reply may use once it is done ("refunded"); `about` are the facts of its own, by flat name.

    `sets`: it sets what is there, so that to set something else is another effect, and to set it back a third. Actions
    that set the same thing share their keys. Arguments that `domain.action.is_private` are kept out of journals.
    """

    name: str
    title: str
    nature: Nature
    recovery: Recovery
    sets: bool
    arguments: Mapping[str, type]
    receipt: tuple[str, ...]
    deeds: tuple[str, ...]
    about: Mapping[str, type]

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        """The arguments in their one spelling. ValueError, with a sentence for people, when they make no sense."""
        ...

    def money(self, args: Mapping[str, str]) -> Money | None:
        """The money at stake, from canonical arguments."""
        ...

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """Names the effect, never the attempt."""
        ...

    def subject(self, args: Mapping[str, str]) -> str:
        """What no two effects may touch at once ("charge:ch_1"): while one moves, facts about it may be old."""
        ...

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        """Read the object again. `Missing` when there is none; another `ConnectorError` when nobody answers."""
        ...

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        """The facts named in `about`, as far as they are known."""
        ...

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        """Do it. `Unconfirmed` when nobody can tell whether it happened."""
        ...

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        """The receipt when it already happened, or None. Asked only where `recovery` is KEYED or LOOK."""
        ...

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        """How to take it back."""
        ...
