"""Charges, refunds, subscriptions, invoices and accounts, in the words of billing systems."""

from dataclasses import astuple, dataclass
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
    """`price` is for one `interval` ("month", "year") and all `seats`. `plan_id` names the `Plan` in its system.

    `paused`: no money is taken meanwhile, until `resumes_at` when that is known.
    """

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
    plan_id: str = ""
    paused: bool = False
    resumes_at: datetime | None = None
    trial_ends_at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """What can be subscribed to: `price` for one `interval` and one seat."""

    ref: Ref
    name: str
    price: Money
    interval: str


@dataclass(frozen=True)
class Address:
    """A postal address. What is not known is empty; `country` is its code of two letters (ISO 3166)."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    postal_code: str = ""
    state: str = ""
    country: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in astuple(self) if part)


@dataclass(frozen=True)
class Account:
    """A customer as billing knows them. `credit` lowers the next invoices; None where no currency is settled yet."""

    ref: Ref
    name: str
    email: str
    phone: str
    address: Address
    credit: Money | None


@dataclass(frozen=True)
class Marked:
    """A trace of one effect of ours: `ref` carries its `key`. `at` and `amount` where the system tells them.

    Each kind of change leaves its `latest` trace only on the object that it changed: there, that an older effect is
    not seen proves nothing.
    """

    key: str
    ref: Ref
    at: datetime | None = None
    amount: Money | None = None
    latest: bool = False


@dataclass(frozen=True)
class Invoice:
    ref: Ref
    customer: Ref
    number: str
    total: Money
    status: InvoiceStatus
    created_at: datetime
    due_at: datetime | None
