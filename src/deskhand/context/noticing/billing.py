"""What billing's events are about, read again: payments that failed, and charges that were made twice."""

from datetime import timedelta

from deskhand.domain.billing import Charge, ChargeStatus
from deskhand.domain.duplicates import WITHIN, Duplicate, duplicates
from deskhand.domain.finding import Value
from deskhand.domain.outreach import Noticed
from deskhand.domain.ref import Ref
from deskhand.ports.reads import BillingLedger

FAILED, DOUBLE = "payment_failed", "double_charge"


def noticed(kind: str, about: Ref, ledger: BillingLedger) -> Noticed | None:
    """The event of this kind that the charge is, as it is now; None when it is none, or none any more."""
    charge = ledger.charge(about).value
    if charge.customer is None:
        return None
    return _failed(charge, charge.customer, ledger) if kind == FAILED else _double(charge, charge.customer, ledger)


def _failed(charge: Charge, customer: Ref, ledger: BillingLedger) -> Noticed | None:
    """A payment of the same is the end of it."""
    later = ledger.charges(customer, charge.created_at).value
    paid = any(
        one.status is ChargeStatus.SUCCEEDED and (one.amount, one.description) == (charge.amount, charge.description)
        for one in later
    )
    if charge.status is not ChargeStatus.FAILED or paid:
        return None
    facts = _facts(charge) | ({"charge.failure": charge.failure} if charge.failure else {})
    return Noticed(FAILED, charge.ref.id, charge.created_at, facts, str(customer))


def _double(charge: Charge, customer: Ref, ledger: BillingLedger) -> Noticed | None:
    """Until it was given back, in part or in whole, or its bank was asked."""
    since = charge.created_at - WITHIN - timedelta(days=1)
    found: Duplicate | None = next(
        (one for one in duplicates(ledger.charges(customer, since).value) if one.later.ref == charge.ref), None
    )
    if found is None or charge.refunded.minor or charge.disputed:
        return None
    credited = ledger.credited(charge.ref).value
    if credited is not None and credited.minor:
        return None
    facts = _facts(charge) | {"charge.first_id": found.original.ref.id, "charge.gap": found.gap}
    return Noticed(DOUBLE, charge.ref.id, charge.created_at, facts, str(customer))


def _facts(charge: Charge) -> dict[str, Value]:
    return {
        "charge.id": charge.ref.id,
        "charge.amount": charge.amount,
        "charge.currency": charge.amount.currency,
        "charge.description": charge.description,
        "charge.created_at": charge.created_at,
    }
