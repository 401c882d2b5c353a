"""Look-ups over what became of payments: how far they came, what is disputed, what was taken off invoices."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from deskhand.context.lookups.listing import DAYS, latest, listing
from deskhand.domain.billing import Charge
from deskhand.domain.customer import Customer
from deskhand.domain.dispute import Dispute, DisputeStatus
from deskhand.domain.finding import Finding, LookupSpec, Value
from deskhand.domain.money import Money
from deskhand.domain.payment_intent import REASONS
from deskhand.ports.reads import BillingLedger

INTENT = {
    "payment": str,
    "amount": Money,
    "created": datetime,
    "status": str,
    "description": str,
    "cause": str,
    "reason": str,
}
DISPUTE = {
    "dispute": str,
    "charge": str,
    "amount": Money,
    "paid": datetime,
    "status": str,
    "stands": bool,
    "reason": str,
    "due": datetime,
}
NOTE = {
    "note": str,
    "number": str,
    "amount": Money,
    "refunded": Money,
    "credited": Money,
    "status": str,
    "reason": str,
    "created": datetime,
    "invoice": str,
}
SPECS = (
    LookupSpec(
        "billing.payment_intents",
        "Payments that were begun, how far each came, and why it came no further.",
        DAYS,
        {"since": datetime} | latest(INTENT, "payment"),
        INTENT,
    ),
    LookupSpec(
        "billing.disputes",
        "Disputes of payments of these days.",
        DAYS,
        {"since": datetime} | latest(DISPUTE, "dispute"),
        DISPUTE,
    ),
    LookupSpec(
        "billing.credit_notes",
        "Credit notes on this customer's invoices.",
        DAYS,
        {"since": datetime} | latest(NOTE, "note"),
        NOTE,
    ),
)


def payment_intents(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    """`cause` and `reason` are unknown where nothing failed; neither holds a word of the bank's."""
    since = now - timedelta(days=days)
    read = ledger.payment_intents(customer.ref, since)
    rows: list[dict[str, Value]] = []
    for one in read.value:
        row: dict[str, Value] = {
            "payment": one.ref.id,
            "amount": one.amount,
            "created": one.created_at,
            "status": str(one.status),
            "description": one.description,
        }
        rows.append(row | ({"cause": str(one.cause), "reason": REASONS[one.cause]} if one.cause else {}))
    return listing("billing.payment_intents", rows, "payment", since, read)


def disputes(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    """Of the payments that are marked as disputed, the latest first. One whose dispute is not shown is told all the
    same, as one that stands."""
    since = now - timedelta(days=days)
    read = ledger.charges(customer.ref, since)
    rows: list[dict[str, Value]] = []
    for charge in read.value:
        if charge.disputed:
            rows += [_row(charge, one) for one in ledger.disputes(charge.ref).value] or [_unseen(charge)]
    return listing("billing.disputes", rows, "dispute", since, read)


def credit_notes(ledger: BillingLedger, customer: Customer, now: datetime, days: int) -> Finding:
    since = now - timedelta(days=days)
    read = ledger.credit_notes(customer.ref, since)
    rows: list[dict[str, Value]] = [
        {
            "note": one.ref.id,
            "number": one.number,
            "amount": one.amount,
            "refunded": one.refunded,
            "credited": one.credited,
            "status": str(one.status),
            "reason": one.reason,
            "created": one.created_at,
            "invoice": one.invoice.id,
        }
        for one in read.value
    ]
    return listing("billing.credit_notes", rows, "note", since, read)


LOOK_UPS: Mapping[str, Callable[..., Finding]] = {
    "billing.payment_intents": payment_intents,
    "billing.disputes": disputes,
    "billing.credit_notes": credit_notes,
}


def _row(charge: Charge, one: Dispute) -> dict[str, Value]:
    row: dict[str, Value] = {
        "dispute": one.ref.id,
        "charge": charge.ref.id,
        "amount": one.amount,
        "paid": charge.created_at,
        "status": str(one.status),
        "stands": one.stands,
        "reason": one.reason,
    }
    return row | ({"due": one.due_at} if one.due_at else {})


def _unseen(charge: Charge) -> dict[str, Value]:
    return {
        "charge": charge.ref.id,
        "amount": charge.amount,
        "paid": charge.created_at,
        "status": str(DisputeStatus.OTHER),
        "stands": True,
    }
