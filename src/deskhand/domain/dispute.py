"""What a customer contests at their bank."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class DisputeStatus(StrEnum):
    """Those with `warning` are inquiries: the bank asks, and no money was taken back yet."""

    WARNING_NEEDS_RESPONSE = "warning_needs_response"
    WARNING_UNDER_REVIEW = "warning_under_review"
    WARNING_CLOSED = "warning_closed"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    PREVENTED = "prevented"
    OTHER = "other"


SETTLED_FOR_US = frozenset({DisputeStatus.WARNING_CLOSED, DisputeStatus.WON})


@dataclass(frozen=True)
class Dispute:
    """`reason` is the bank's word, such as "fraudulent". `due_at`: until then evidence is taken; None when none is."""

    ref: Ref
    charge: Ref
    amount: Money
    status: DisputeStatus
    reason: str
    created_at: datetime
    due_at: datetime | None

    @property
    def stands(self) -> bool:
        """Open, lost, or in a state that is new to us: to give the money back might be to give it twice."""
        return self.status not in SETTLED_FOR_US
