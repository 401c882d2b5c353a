"""The person who writes to us, and how well we know that it is them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from deskhand.domain.ref import Ref


class Strength(IntEnum):
    """How well we know who writes; each level holds what the one before it does.

    CLAIMED: they say so, by an address in a From line or one that was typed; never more than that. ATTESTED: the help
    desk vouches for them, or the company's own signed token does. PROVEN: a one-time code that was sent to the address
    on file came back in time.
    """

    UNKNOWN = 0
    CLAIMED = 1
    ATTESTED = 2
    PROVEN = 3

    @property
    def verified(self) -> bool:
        """Only then may what is private be read, or anything be changed."""
        return self >= Strength.ATTESTED


@dataclass(frozen=True)
class Joined:
    """A record in another system that is taken for the same person, and the hint that says so."""

    ref: Ref
    by: str


@dataclass(frozen=True)
class Customer:
    """One customer of one system of record. `tier` is the company's own word, lower case.

    `phones` are in E.164. `ids` are what this record says of the same person elsewhere, by the name of its field;
    `also` are the records of the same person in other systems, as far as we found them; `unseen` are the systems that
    did not answer when we looked.
    """

    ref: Ref
    name: str
    email: str
    tier: str
    flagged: bool
    since: datetime
    phones: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    also: tuple[Joined, ...] = ()
    unseen: tuple[str, ...] = ()

    def in_system(self, system: str) -> Ref | None:
        """The record of this customer there; None when we know of none."""
        return next((ref for ref in (self.ref, *(one.ref for one in self.also)) if ref.system == system), None)


@dataclass(frozen=True)
class Matched:
    """Exactly one customer fits, by the hint named in `by`."""

    customer: Customer
    strength: Strength
    by: str


@dataclass(frozen=True)
class Ambiguous:
    """Several customers fit the same hint: an answer, not a choice."""

    refs: tuple[Ref, ...]
    by: str


@dataclass(frozen=True)
class Unknown:
    """Nobody fits."""


Identity = Matched | Ambiguous | Unknown


def records_of(identity: Identity) -> tuple[Ref, ...]:
    """Every record that this may be."""
    match identity:
        case Matched(customer):
            return (customer.ref, *(one.ref for one in customer.also))
        case Ambiguous(refs, _):
            return refs
        case Unknown():
            return ()


def how_many(identity: Identity) -> int:
    """How many customers fit."""
    match identity:
        case Matched():
            return 1
        case Ambiguous(refs, _):
            return len(refs)
        case Unknown():
            return 0
