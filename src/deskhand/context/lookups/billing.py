"""Look-ups over the billing system: charges, duplicates, refunds, invoices, subscription, plans, account, and those of
`payments`."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from deskhand.context.lookups import payments
from deskhand.context.lookups.listing import DAYS, latest, listing
from deskhand.domain.billing import Charge, ChargeStatus, Refund
from deskhand.domain.customer import Customer
from deskhand.domain.duplicates import WITHIN, duplicates
from deskhand.domain.finding import Finding, LookupSpec, Value
from deskhand.domain.money import Money
from deskhand.domain.read import Read
from deskhand.ports.reads import BillingLedger

CHARGE = {
    "charge": str,
    "amount": Money,
    "created": datetime,
    "status": str,
    "description": str,
    "refunded": Money,
}
DUPLICATE = {"charge": str, "amount": Money, "created": datetime, "original": str, "original_created": datetime}
REFUND = {"refund": str, "amount": Money, "created": datetime, "status": str, "charge": str}
INVOICE = {"invoice": str, "number": str, "total": Money, "status": str, "created": datetime}
PLAN = {"plan": str, "name": str, "price": Money, "interval": str}
FAILED = {"charge": str, "amount": Money, "created": datetime, "reason": str}


SPECS = (
    LookupSpec(
        "billing.charges", "Payments of this customer.", DAYS, {"since": datetime} | latest(CHARGE, "charge"), CHARGE
    ),
    LookupSpec(
        "billing.duplicate_charges",
        "Payments that repeat an earlier one within 72 hours and were not given back.",
        DAYS,
        {
            "since": datetime,
            "already_refunded": int,
            "refund.id": str,
            "refund.amount": Money,
            "refund.created": datetime,
        },
        DUPLICATE,
    ),
    LookupSpec(
        "billing.refunds",
        "Refunds of this customer's payments.",
        DAYS,
        {"since": datetime} | latest(REFUND, "refund"),
        REFUND,
    ),
    LookupSpec(
        "billing.failed_payments",
        "Payments that were refused.",
        DAYS,
        {"since": datetime} | latest(FAILED, "charge"),
        FAILED,
    ),
    LookupSpec("billing.invoices", "Invoices.", DAYS, {"since": datetime} | latest(INVOICE, "invoice"), INVOICE),
    LookupSpec(
        "billing.subscription",
        "The newest subscription.",
        {},
        {
            "found": bool,
            "id": str,
            "plan": str,
            "status": str,
            "price": Money,
            "interval": str,
            "seats": int,
            "renews": datetime,
            "ends": datetime,
            "ended": datetime,
            "paused": bool,
            "resumes": datetime,
            "trial_ends": datetime,
        },
        {},
    ),
    LookupSpec(
        "billing.account",
        "This customer's account: its id, and the credit on it.",
        {},
        {"id": str, "credit": Money},
        {},
    ),
    LookupSpec("billing.plans", "Plans on offer, each for one seat.", {}, {}, PLAN),
    *payments.SPECS,
)


def charges(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    read, since = _charges(ledger, customer, now, days)
    rows = [_charge_row(one) for one in read.value]
    return listing("billing.charges", rows, "charge", since, read)


def duplicate_charges(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    """Looks 72 hours further back than asked, or a pair across the edge would not be seen."""
    read, since = _charges(ledger, customer, now, days, before=WITHIN)
    pairs = [pair for pair in duplicates(read.value) if pair.later.created_at >= since]
    rows: list[dict[str, Value]] = []
    given_back: list[Charge] = []
    for pair in pairs:
        left = pair.later.amount.minor - pair.later.refunded.minor
        if left <= 0:
            given_back.append(pair.later)
            continue
        rows.append(
            {
                "charge": pair.later.ref.id,
                "amount": Money(left, pair.later.amount.currency),
                "created": pair.later.created_at,
                "original": pair.original.ref.id,
                "original_created": pair.original.created_at,
            }
        )
    fields: dict[str, Value] = {"since": since, "already_refunded": len(given_back)}
    if given_back:
        refunds = ledger.refunds(given_back[-1].ref).value
        if refunds:
            fields |= {
                "refund.id": refunds[0].ref.id,
                "refund.amount": refunds[0].amount,
                "refund.created": refunds[0].created_at,
            }
    return Finding("billing.duplicate_charges", fields, tuple(rows), read.source, read.read_at)


def refunds(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    read, since = _charges(ledger, customer, now, days, before=timedelta(days=60))
    found = [refund for one in read.value if one.refunded.minor for refund in ledger.refunds(one.ref).value]
    found = [refund for refund in found if refund.created_at >= since]
    rows = [_refund_row(one) for one in sorted(found, key=lambda one: one.created_at, reverse=True)]
    return listing("billing.refunds", rows, "refund", since, read)


def failed_payments(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    read, since = _charges(ledger, customer, now, days)
    rows: list[dict[str, Value]] = [
        {
            "charge": one.ref.id,
            "amount": one.amount,
            "created": one.created_at,
            "reason": one.failure or "no reason given",
        }
        for one in read.value
        if one.status is ChargeStatus.FAILED
    ]
    return listing("billing.failed_payments", rows, "charge", since, read)


def invoices(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    since = now - timedelta(days=days)
    read = ledger.invoices(customer.ref, since)
    rows: list[dict[str, Value]] = [
        {
            "invoice": one.ref.id,
            "number": one.number,
            "total": one.total,
            "status": str(one.status),
            "created": one.created_at,
        }
        for one in read.value
    ]
    return listing("billing.invoices", rows, "invoice", since, read)


def subscription(ledger: BillingLedger, customer: Customer, now: datetime) -> Finding:
    read = ledger.subscriptions(customer.ref)
    fields: dict[str, Value] = {"found": bool(read.value)}
    if read.value:
        one = read.value[0]
        fields |= {
            "id": one.ref.id,
            "plan": one.plan,
            "status": str(one.status),
            "price": one.price,
            "interval": one.interval,
            "seats": one.seats,
            "paused": one.paused,
        }
        times = {"renews": one.renews_at, "ends": one.cancels_at, "ended": one.ended_at}
        times |= {"resumes": one.resumes_at, "trial_ends": one.trial_ends_at}
        fields |= {name: at for name, at in times.items() if at is not None}
    return Finding("billing.subscription", fields, (), read.source, read.read_at)


def account(ledger: BillingLedger, customer: Customer, now: datetime) -> Finding:
    """Neither addresses nor numbers: what is personal is read only where it is changed."""
    read = ledger.account(customer.ref)
    fields: dict[str, Value] = {"id": read.value.ref.id}
    fields |= {"credit": read.value.credit} if read.value.credit else {}
    return Finding("billing.account", fields, (), read.source, read.read_at)


def plans(ledger: BillingLedger, customer: Customer, now: datetime) -> Finding:
    """In the currency of the customer's subscription, where they have one."""
    read, own = ledger.plans(), ledger.subscriptions(customer.ref).value
    rows: list[dict[str, Value]] = [
        {"plan": one.ref.id, "name": one.name, "price": one.price, "interval": one.interval}
        for one in read.value
        if not own or one.price.currency == own[0].price.currency
    ]
    return Finding("billing.plans", {}, tuple(rows), read.source, read.read_at)


LOOK_UPS: Mapping[str, Callable[..., Finding]] = {
    "billing.charges": charges,
    "billing.duplicate_charges": duplicate_charges,
    "billing.refunds": refunds,
    "billing.failed_payments": failed_payments,
    "billing.invoices": invoices,
    "billing.subscription": subscription,
    "billing.account": account,
    "billing.plans": plans,
    **payments.LOOK_UPS,
}


def _charges(
    ledger: BillingLedger, customer: Customer, now: datetime, days: int, before: timedelta = timedelta()
) -> tuple[Read[tuple[Charge, ...]], datetime]:
    since = now - timedelta(days=days)
    return ledger.charges(customer.ref, since - before), since


def _charge_row(one: Charge) -> dict[str, Value]:
    return {
        "charge": one.ref.id,
        "amount": one.amount,
        "created": one.created_at,
        "status": str(one.status),
        "description": one.description,
        "refunded": one.refunded,
    }


def _refund_row(one: Refund) -> dict[str, Value]:
    return {
        "refund": one.ref.id,
        "amount": one.amount,
        "created": one.created_at,
        "status": one.status,
        "charge": one.charge.id,
    }
