"""Charges, refunds, subscriptions and invoices, in the words of billing systems."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.money import Money
from deskhand.domain.ref import Ref


class ChargeStatus(StrEnum):
    SUCCEEDED = "succeeded"
    PENDING = "pending"
    FAILED = "failed"
    OTHER = "other"


class SubscriptionStatus(StrEnum):
    ACTIVE = "active"
    TRIALING = "trialing"
    PAST_DUE = "past_due"
    CANCELED = "canceled"
    OTHER = "other"


class InvoiceStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    UNCOLLECTIBLE = "uncollectible"
    OTHER = "other"


@dataclass(frozen=True)
class Charge:
    """One attempt to take money. `refunded` is the sum given back so far, in the charge's currency."""

    ref: Ref
    customer: Ref | None
    amount: Money
    refunded: Money
    status: ChargeStatus
    disputed: bool
    created_at: datetime
    description: str
    failure: str = ""


@dataclass(frozen=True)
class Refund:
    """`status` is the provider's word: an accepted refund may still be pending, or fail days later. `effect` is the
    key of the effect of ours that made it, or empty."""

    ref: Ref
    charge: Ref
    amount: Money
    status: str
    created_at: datetime
    effect: str = ""


@dataclass(frozen=True)
class Subscription:
    """`price` is for one `interval` ("month", "year") and all `seats`."""

    ref: Ref
    customer: Ref
    plan: str
    status: SubscriptionStatus
    price: Money
    interval: str
    seats: int
    renews_at: datetime | None
    cancels_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Invoice:
    ref: Ref
    customer: Ref
    number: str
    total: Money
    status: InvoiceStatus
    created_at: datetime
    due_at: datetime | None
