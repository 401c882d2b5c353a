"""The circumstances every action of a ticket is judged in: who, where, under which stage, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.customer import Identity, Matched, Strength
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage


@dataclass(frozen=True)
class Case:
    """`ticket` is its `Ref` as text. Made by the system from what it read itself, never from a proposal.

    `agent`: the person who started the deed; empty when the assistant did.
    `signals`: signs that the account was taken over (`domain/takeover.py`, and those that a desk names itself); None
    when a system that was to tell did not answer.
    """

    ticket: str
    channel: str
    identity: Identity
    stage: Stage
    now: datetime
    agent: str = ""
    signals: Sequence[str] | None = ()

    @property
    def customer(self) -> Ref | None:
        return self.identity.customer.ref if isinstance(self.identity, Matched) else None

    @property
    def verified(self) -> bool:
        return isinstance(self.identity, Matched) and self.identity.strength.verified

    @property
    def proven(self) -> bool:
        return isinstance(self.identity, Matched) and self.identity.strength is Strength.PROVEN

    @property
    def tier(self) -> str | None:
        return self.identity.customer.tier if isinstance(self.identity, Matched) else None

    @property
    def flagged(self) -> bool | None:
        return self.identity.customer.flagged if isinstance(self.identity, Matched) else None
