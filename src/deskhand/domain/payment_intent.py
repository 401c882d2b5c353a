"""What a customer sees as "my payment": where it stands, and why it did not go through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class PaymentStatus(StrEnum):
    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    CANCELED = "canceled"
    SUCCEEDED = "succeeded"
    OTHER = "other"


class Cause(StrEnum):
    """Why money did not come, as far as a customer may hear it: a card that is watched, or lost, is `DECLINED`."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED_CARD = "expired_card"
    WRONG_DETAILS = "wrong_details"
    NOT_CONFIRMED = "not_confirmed"
    LIMIT_REACHED = "limit_reached"
    NOT_SUPPORTED = "not_supported"
    TRY_AGAIN = "try_again"
    DECLINED = "declined"
    OTHER = "other"


REASONS: Mapping[Cause, str] = {
    Cause.INSUFFICIENT_FUNDS: "there was not enough money on the card",
    Cause.EXPIRED_CARD: "the card has expired",
    Cause.WRONG_DETAILS: "the number, the date, the security code or the postal code of the card was wrong",
    Cause.NOT_CONFIRMED: "the bank wants you to confirm the payment, and it was not confirmed",
    Cause.LIMIT_REACHED: "a limit of the card was reached",
    Cause.NOT_SUPPORTED: "the card cannot be used for this payment",
    Cause.TRY_AGAIN: "the bank could not be reached or could not process it at that moment",
    Cause.DECLINED: "the bank declined the card",
    Cause.OTHER: "it could not be completed",
}


@dataclass(frozen=True)
class PaymentIntent:
    """One payment from its beginning, however many charges were tried for it. `cause` is that of the last failure, and
    None where there was none, or none is known."""

    ref: Ref
    customer: Ref | None
    amount: Money
    status: PaymentStatus
    created_at: datetime
    description: str
    cause: Cause | None = None
