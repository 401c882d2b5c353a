"""What a set of facts surely says. A fact that is missing is not known, and what is not known never helps anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.money import Money

BEGINNING = datetime(1, 1, 1)
MICRO = timedelta(microseconds=1)


@dataclass(frozen=True)
class Ruling:
    """Whether it is out of the question, whether the customer has to say yes, and who has to approve."""

    refused: bool = False
    asks: bool = False
    roles: frozenset[str] = frozenset()


REFUSED, RUNS = Ruling(refused=True), Ruling()


@dataclass(frozen=True)
class Known:
    """Facts by name; `currency` is the action's own. An amount in another one says nothing about it."""

    facts: Mapping[str, Any]
    currency: str

    def surely(self, *names: str) -> bool:
        return all(self.facts.get(name) is True for name in names)

    def surely_not(self, *names: str) -> bool:
        return all(self.facts.get(name) is False for name in names)

    def among(self, name: str, *words: str) -> bool:
        return name in self.facts and self.facts[name] in words

    def perhaps(self, name: str, *words: str) -> bool:
        """It is one of these words, or nobody knows."""
        return name not in self.facts or self.facts[name] in words

    def same(self, one: str, other: str) -> bool:
        return one in self.facts and other in self.facts and bool(self.facts[one] == self.facts[other])

    def minor(self, name: str) -> int | None:
        amount = self.facts.get(name)
        return amount.minor if isinstance(amount, Money) and amount.currency == self.currency else None

    def below(self, name: str, bound: int) -> bool:
        """Surely less than `bound`, a whole number."""
        return name in self.facts and self.facts[name] < bound

    def at_least(self, name: str, bound: int) -> bool:
        """Surely `bound`, a whole number, or more."""
        return name in self.facts and self.facts[name] >= bound

    def longer(self, name: str, bound: timedelta) -> bool:
        """Surely a longer time than that."""
        return name in self.facts and self.facts[name] > bound

    def words(self, name: str) -> set[str] | None:
        return set(self.facts[name]) if name in self.facts else None

    def micros(self, name: str) -> int | None:
        """A time, or a length of time, in millionths of a second; whatever zone the clock on the wall was in."""
        value = self.facts.get(name)
        if isinstance(value, datetime):
            offset = value.utcoffset()
            assert offset is not None
            return (value.replace(tzinfo=None) - BEGINNING) // MICRO - offset // MICRO
        return value // MICRO if isinstance(value, timedelta) else None

    # -- what many actions ask ------------------------------------------------------------------------

    def proven_and_own(self) -> bool:
        """It is known who writes, and the object is theirs."""
        return self.surely("ticket.verified", "action.own")

    def quiet(self) -> bool:
        """No sign that somebody else has the account."""
        return self.words("takeover.signals") == set()

    def customer_silent(self) -> bool:
        """The assistant asks for it, as far as is known, and the customer has not said yes to exactly this."""
        return self.perhaps("actor", "assistant") and not self.surely("action.confirmed")


def lead_unless(fine: bool) -> frozenset[str]:
    """A team lead has to look, unless it is fine."""
    return frozenset() if fine else frozenset({"team_lead"})


def at_most(amount: int | None, limit: int | None) -> bool:
    """Surely not more."""
    return amount is not None and limit is not None and amount <= limit
