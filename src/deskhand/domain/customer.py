"""The person who writes to us, and how well we know that it is them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.ref import Ref


class Strength(StrEnum):
    """How an identity was established. Only `verified` may read what is private or change anything."""

    VERIFIED = "verified"
    ASSERTED = "asserted"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Customer:
    """One customer of one system of record. `tier` is the company's own word, lower case."""

    ref: Ref
    name: str
    email: str
    tier: str
    flagged: bool
    since: datetime


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
