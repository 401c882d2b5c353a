"""What was taken off an invoice after it was issued."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class CreditNoteStatus(StrEnum):
    ISSUED = "issued"
    VOID = "void"
    OTHER = "other"


@dataclass(frozen=True)
class CreditNote:
    """Of `amount`, `refunded` went back the way it was paid and `credited` in another: to the customer's balance, or
    outside the billing system. The rest lowered the invoice before it was paid. `reason` may be empty."""

    ref: Ref
    customer: Ref
    invoice: Ref
    number: str
    amount: Money
    refunded: Money
    credited: Money
    status: CreditNoteStatus
    reason: str
    created_at: datetime
