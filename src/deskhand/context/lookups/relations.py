"""The look-up over the CRM: who this customer is to the company."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time

from deskhand.domain.errors import Missing
from deskhand.domain.finding import Finding, LookupSpec, Value
from deskhand.domain.money import Money
from deskhand.domain.profile import Deal
from deskhand.domain.ref import Ref
from deskhand.ports.reads import CustomerRelations

DEAL = {"deal": str, "name": str, "stage": str, "amount": Money, "closes": datetime}

SPECS = (
    LookupSpec(
        "crm.profile",
        "Who this customer is to the company: account, owner, tier, and deals that are still open.",
        {},
        {
            "found": bool,
            "id": str,
            "tier": str,
            "owner": str,
            "account": str,
            "subscription": str,
            "health": str,
            "deals.count": int,
        }
        | {f"latest.{'id' if name == 'deal' else name}": kind for name, kind in DEAL.items()},
        DEAL,
    ),
)


def profile(relations: CustomerRelations, contact: Ref | None, now: datetime) -> Finding:
    """`contact`: this customer's, or None when the CRM knows nobody of theirs. Neither name nor address is told: what
    is personal is read only where it is changed."""
    try:
        read = relations.profile(contact) if contact else None
    except Missing:
        read = None
    if read is None:
        return Finding("crm.profile", {"found": False}, (), relations.system, now)
    one = read.value
    rows = [_row(deal) for deal in one.deals]
    fields: dict[str, Value] = {"found": True, "id": one.contact.id, "deals.count": len(rows)}
    told = {"tier": one.tier, "owner": one.owner, "account": one.account_name}
    told |= {"subscription": one.subscription, "health": one.health}
    fields |= {name: value for name, value in told.items() if value}
    if rows:
        fields |= {f"latest.{'id' if name == 'deal' else name}": value for name, value in rows[0].items()}
    return Finding("crm.profile", fields, tuple(rows), read.source, read.read_at)


LOOK_UPS: Mapping[str, Callable[..., Finding]] = {"crm.profile": profile}


def _row(deal: Deal) -> dict[str, Value]:
    row: dict[str, Value] = {"deal": deal.ref.id, "name": deal.name, "stage": deal.stage}
    row |= {"amount": deal.amount} if deal.amount else {}
    return row | ({"closes": datetime.combine(deal.closes, time(), UTC)} if deal.closes else {})
