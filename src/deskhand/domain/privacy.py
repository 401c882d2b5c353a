"""What is known of a person, by class; and who is meant when a customer asks for it, or for its end."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DataClass(StrEnum):
    """How data about customers is told apart where it is kept, exported and erased."""

    MESSAGES = "messages"  # what they wrote, and what was written to them
    IDENTITY = "identity"  # who they are, and how that was proven
    DECISIONS = "decisions"  # what was understood, decided and answered, and what people got with it
    DEEDS = "deeds"  # what was done in other systems
    FILES = "files"
    LEARNING = "learning"  # examples and past tickets
    MODELS = "models"  # what language models were asked and what they answered
    RATINGS = "ratings"
    OUTREACH = "outreach"  # what they were written to about first
    CONSENT = "consent"  # objections and restrictions
    RUNS = "runs"  # work that is queued, and what its steps came to
    AUDIT = "audit"  # the journal and what is counted from it: ids, times, outcomes
    OPERATION = "operation"  # the desk's own: nothing of a customer


@dataclass(frozen=True)
class Subject:
    """One person: tickets and records as `Ref`s as text, and e-mail addresses and numbers, all as our tables hold
    them."""

    tickets: tuple[str, ...]
    customers: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Each that a row may call them by."""
        return tuple(dict.fromkeys((*self.tickets, *self.customers, *self.addresses)))


@dataclass(frozen=True)
class Forgetting:
    """An erasure under way: `done` holds the counts of each step that has ended."""

    id: str
    at: datetime
    subject: Subject
    done: Mapping[str, Mapping[str, int]]


def mark(secret: bytes, name: str) -> str:
    """What is kept in place of a name: nobody tells the name from it who does not know both it and the secret."""
    return hmac.new(secret, b"privacy " + name.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]
