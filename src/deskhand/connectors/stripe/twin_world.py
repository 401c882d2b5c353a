"""The made-up company's customers in Stripe's shapes."""

from collections.abc import Iterator
from typing import Any

from deskhand.connectors.http.twin_store import Row
from deskhand.connectors.stripe.twin_payment_shapes import dispute_of
from deskhand.connectors.world import World

Json = dict[str, Any]
STREETS = ("Harbour Street", "Mill Lane", "Station Road", "Orchard Way", "Castle Hill", "Market Square", "Canal Row")
CITIES = (("Ghent", "9000", "BE"), ("Porto", "4000-001", "PT"), ("Aarhus", "8000", "DK"), ("Leeds", "LS1 1AA", "GB"))


def refund_of(charge: Json, amount: int, created: int, id: str, metadata: dict[str, str]) -> Json:
    return {
        "id": id,
        "object": "refund",
        "amount": amount,
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "metadata": metadata,
        "reason": None,
        "status": "succeeded",
    }


def rows_of(world: World) -> Iterator[Row]:
    """The world in Stripe's shapes. One at a time: a hundred thousand at once cost the collector more than the work."""
    for name, prices in world.plans.items():
        for currency, unit in prices.items():
            price = _price(name, currency, unit)
            yield "price", price["id"], "", "", 0, price
    for person in world.people:
        yield "customer", person.id, "", person.email, person.since, _customer(person)
        yield "subscription", person.subscription.id, person.id, "", person.since, _subscription(person)
        for paid in person.payments:
            charge = _charge(person, paid)
            yield "charge", paid.id, person.id, "", paid.created, charge
            yield "invoice", paid.invoice, person.id, "", paid.created, _invoice(person, paid)
            if paid.refunded:
                refund = refund_of(charge, paid.refunded, paid.refunded_at, f"re_{paid.id[3:]}", {})
                yield "refund", refund["id"], paid.id, "", paid.refunded_at, refund
            if paid.disputed:
                dispute = dispute_of(charge, "needs_response", paid.created)
                yield "dispute", dispute["id"], paid.id, "", paid.created, dispute


def _customer(person: Any) -> Json:
    return {
        "id": person.id,
        "object": "customer",
        "address": _address(int(person.id[4:])),
        "balance": 0,
        "created": person.since,
        "currency": person.currency,
        "email": person.email,
        "livemode": False,
        "metadata": {"tier": person.tier} | ({"flagged": "true"} if person.flagged else {}),
        "name": person.name,
        "phone": None,
    }


def _address(number: int) -> Json:
    """The same number lives at the same place, which is made up."""
    city, code, country = CITIES[number % len(CITIES)]
    street = f"{1 + number % 97} {STREETS[number % len(STREETS)]}"
    return {"line1": street, "line2": None, "city": city, "postal_code": code, "state": None, "country": country}


def _price(plan: str, currency: str, unit: int) -> Json:
    return {
        "id": f"price_{plan.lower()}_{currency}",
        "object": "price",
        "active": True,
        "currency": currency,
        "nickname": plan,
        "recurring": {"interval": "month", "interval_count": 1},
        "type": "recurring",
        "unit_amount": unit,
    }


def _charge(person: Any, paid: Any) -> Json:
    return {
        "id": paid.id,
        "object": "charge",
        "amount": paid.amount,
        "amount_refunded": paid.refunded,
        "captured": not paid.failure,
        "created": paid.created,
        "currency": person.currency,
        "customer": person.id,
        "description": paid.what,
        "disputed": paid.disputed,
        "failure_message": paid.failure or None,
        "livemode": False,
        "metadata": {},
        "paid": not paid.failure,
        "payment_intent": f"pi_{paid.id[3:]}",
        "refunded": paid.refunded == paid.amount,
        "status": "failed" if paid.failure else "succeeded",
    }


def _invoice(person: Any, paid: Any) -> Json:
    return {
        "id": paid.invoice,
        "object": "invoice",
        "created": paid.created,
        "currency": person.currency,
        "customer": person.id,
        "due_date": None,
        "livemode": False,
        "metadata": {},
        "number": paid.number,
        "status": "open" if paid.failure else "paid",
        "total": paid.amount,
    }


def _subscription(person: Any) -> Json:
    one = person.subscription
    item = {
        "id": f"si_{one.id[4:]}",
        "object": "subscription_item",
        "current_period_end": one.period_end,
        "current_period_start": one.period_start,
        "price": _price(one.plan, person.currency, one.unit),
        "quantity": one.seats,
    }
    return {
        "id": one.id,
        "object": "subscription",
        "cancel_at": None,
        "cancel_at_period_end": False,
        "created": person.since,
        "currency": person.currency,
        "customer": person.id,
        "ended_at": one.ended or None,
        "items": {"object": "list", "data": [item], "has_more": False},
        "livemode": False,
        "metadata": {},
        "pause_collection": None,
        "status": one.status,
        "trial_end": one.period_end if one.status == "trialing" else None,
    }
