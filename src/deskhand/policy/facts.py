"""The facts that rules may name, one class for each action: the interface between policy files and code.

A nested class is a group: `charge: ChargeFacts` with `amount: Money` declares the fact `charge.amount`.
None means unknown. Facts are read from systems of record; only the group `signal` is an opinion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta
from types import NoneType
from typing import Any, get_args, get_type_hints

from deskhand.domain.money import Money


@dataclass(frozen=True)
class TicketFacts:
    """`owner` is "assistant" or whoever took the ticket; `customer` is the matched customer's `Ref` as text, or ""."""

    owner: str
    customer: str
    verified: bool


@dataclass(frozen=True)
class CustomerFacts:
    """`tier` and `flagged` are unknown when the customer is; a rule that asks for them asks `known` first."""

    known: bool
    tier: str | None
    flagged: bool | None


@dataclass(frozen=True)
class IdentityFacts:
    """`attested`: the help desk, or the company's own token, vouches for who writes. `proven`: a one-time code that was
    sent to the address on file came back in time."""

    attested: bool
    proven: bool


@dataclass(frozen=True)
class TakeoverFacts:
    """Signs that somebody else may have the account; unknown when a system that was to tell did not answer."""

    signals: list[str] | None = field(default_factory=list)


@dataclass(frozen=True)
class Base:
    """What every action knows. `stage` is read-only, assisted or autonomous.

    The gate fills in `identity` and `takeover`, whatever action it is.
    """

    now: datetime
    stage: str
    channel: str
    ticket: TicketFacts
    customer: CustomerFacts
    identity: IdentityFacts = field(default=IdentityFacts(attested=False, proven=False), kw_only=True)
    takeover: TakeoverFacts = field(default_factory=TakeoverFacts, kw_only=True)


@dataclass(frozen=True)
class ActionFacts:
    """`confirmed`: the customer said yes to exactly this action."""

    confirmed: bool


@dataclass(frozen=True)
class AskedAmount:
    amount: Money
    currency: str


@dataclass(frozen=True)
class ChargeFacts:
    """`duplicate_gap`: time since the charge that this one repeats; unknown when it repeats none."""

    customer: str
    amount: Money
    refunded: Money
    currency: str
    status: str
    created_at: datetime
    disputed: bool
    duplicate_gap: timedelta | None


@dataclass(frozen=True)
class HistoryFacts:
    """What the assistant gave back to this customer without a person in the last 30 days, in the action's currency."""

    refunded_alone: Money


@dataclass(frozen=True)
class RefundFacts(Base):
    refund: AskedAmount
    charge: ChargeFacts
    history: HistoryFacts
    action: ActionFacts


@dataclass(frozen=True)
class SubscriptionFacts:
    customer: str
    status: str
    ends: bool


@dataclass(frozen=True)
class CancelFacts(Base):
    subscription: SubscriptionFacts
    action: ActionFacts


@dataclass(frozen=True)
class InvoiceFacts:
    customer: str
    status: str


@dataclass(frozen=True)
class SendInvoiceFacts(Base):
    invoice: InvoiceFacts
    action: ActionFacts


@dataclass(frozen=True)
class ContactFacts:
    """`same`: the new address is the one that is on file already."""

    customer: str
    same: bool


@dataclass(frozen=True)
class ChangeEmailFacts(Base):
    contact: ContactFacts
    action: ActionFacts


@dataclass(frozen=True)
class TalkFacts:
    """`turns`: messages of the customer so far, this one included. `failed`: actions declined on this ticket.

    `repeats`: how often one thing was said again without getting further. `questions`: our last replies in a row that
    only asked.
    """

    turns: int
    failed: int
    requests: int
    repeats: int = 0
    questions: int = 0


@dataclass(frozen=True)
class SignalFacts:
    """A brain's opinion of the message. May stand only in the `when` of a rule that restricts."""

    wants_human: bool
    sentiment: str
    urgency: str
    language: str
    risks: list[str]
    automatic: bool = False
    churn_risk: bool = False
    repeated: bool = False
    rising: bool = False


@dataclass(frozen=True)
class TurnFacts(Base):
    """Facts of the pseudo-action `turn`, decided for every message before the assistant may answer."""

    talk: TalkFacts
    signal: SignalFacts


SCHEMA: Mapping[str, type] = {
    "refund_charge": RefundFacts,
    "cancel_subscription": CancelFacts,
    "send_invoice": SendInvoiceFacts,
    "change_email": ChangeEmailFacts,
    "turn": TurnFacts,
}


def types_of(cls: type, prefix: str = "") -> dict[str, type]:
    """Every fact that rules on this action may name, with its type."""
    out: dict[str, type] = {}
    for name, kind in get_type_hints(cls).items():
        if NoneType in get_args(kind):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        out |= types_of(kind, f"{prefix}{name}.") if _is_group(kind) else {prefix + name: kind}
    return out


def values_of(facts: Any, prefix: str = "") -> dict[str, Any]:
    """The known facts under their flat names. Whatever is None is left out: unknown, never false or zero."""
    out: dict[str, Any] = {}
    for each in fields(facts):
        value = getattr(facts, each.name)
        if _is_group(type(value)):
            out |= values_of(value, f"{prefix}{each.name}.")
        elif value is not None:
            out[prefix + each.name] = value
    return out


def _is_group(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not Money
