"""What an action must know about itself to be judged and done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from deskhand.domain.action import Receipt
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.policy.facts import ActionFacts, Base, HistoryFacts
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter


@dataclass(frozen=True)
class Seen:
    """What was read again about the action's object: whose it is, and in `plain` what would happen, in a few words."""

    world: Any
    plain: str
    owner: Ref | None


class ActionKind(Protocol):
    """One action. `arguments` have the types str and Money; `receipt` names what a receipt tells; `deeds` are the
    past participles a reply may use once it is done ("refunded")."""

    name: str
    arguments: Mapping[str, type]
    receipt: tuple[str, ...]
    deeds: tuple[str, ...]

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

    def look(self, args: Mapping[str, str], ledger: BillingLedger) -> Seen:
        """Read the object again. `Missing` when there is none; another `ConnectorError` when nobody answers."""
        ...

    def facts(
        self, base: Base, args: Mapping[str, str], seen: Seen, history: HistoryFacts, action: ActionFacts
    ) -> Base:
        """The facts that policy decides on."""
        ...

    def act(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt:
        """Do it. `Unconfirmed` when nobody can tell whether it happened."""
        ...

    def find(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt | None:
        """The receipt when it already happened, or None. An action whose repetition is harmless may always say None."""
        ...
