"""The made-up company's customers as HubSpot would keep them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.connectors.http.twin_store import Row
from deskhand.connectors.world import Someone, World

OWNERS = (("Nina", "Ferreira"), ("Tomas", "Lind"), ("Aisha", "Rahman"))
STAGES = ("qualifiedtobuy", "presentationscheduled", "contractsent", "closedwon")
FEATURED = 8  # people that every recipe begins with: each of them has two deals
HEALTH = {"failed_payment": "at risk", "cancelled": "poor"}


def rows_of(world: World, now: datetime) -> Iterator[Row]:
    for place, (first, last) in enumerate(OWNERS):
        id = str(701 + place)
        told = {"id": id, "email": f"{first}@lumen.example".lower(), "firstName": first, "lastName": last}
        yield "owners", id, "", "", 0, told | times(0) | {"userId": 9000 + place}
    for place, one in enumerate(world.people):
        yield from _person(place, one, now)


def object_of(id: str, properties: dict[str, str | None], made: int) -> dict[str, Any]:
    return {"id": id, "properties": properties, **times(made)}


def times(made: int) -> dict[str, Any]:
    at = datetime.fromtimestamp(made, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {"createdAt": at, "updatedAt": at, "archived": False}


def _person(place: int, one: Someone, now: datetime) -> Iterator[Row]:
    contact, company = str(10_001 + place), str(50_001 + place)
    first, _, last = one.name.partition(" ")
    situation = one.situation.removeprefix("named ")
    properties: dict[str, str | None] = {
        "firstname": first,
        "lastname": last,
        "email": one.email.lower(),
        "phone": f"+45 {20 + place % 80} {place % 100:02d} {place // 100 % 100:02d} {place // 10_000:02d}",
        "mobilephone": None,
        "jobtitle": "Head of Finance" if place % 3 == 0 else None,
        "hubspot_owner_id": str(701 + place % len(OWNERS)),
        "associatedcompanyid": company,
        "customer_tier": one.tier,
        "flagged": "true" if one.flagged else "false",
        "stripe_id": one.id,
    }
    body = object_of(contact, properties, one.since)
    yield "contacts", contact, company, one.email.lower(), one.since, body
    yield "indexed", contact, "", one.email.lower(), one.since, body
    held: dict[str, str | None] = {
        "name": str(one.records.get("accounts", {}).get("workspace") or one.name),
        "subscription_status": one.subscription.status,
        "health": HEALTH.get(situation, "good"),
    }
    yield "companies", company, "", "", one.since, object_of(company, held, one.since)
    for number in range(2 if place < FEATURED else int(place % 4 == 0)):
        id, made = str(90_001 + 2 * place + number), one.since + number
        yield "deals", id, contact, "", made, object_of(id, _deal(place + number, one, now), made)


def _deal(place: int, one: Someone, now: datetime) -> dict[str, str | None]:
    stage = STAGES[place % len(STAGES)]
    minor = one.subscription.unit * (5 + place % 20) * 12
    return {
        "dealname": f"{one.subscription.plan}, {5 + place % 20} more seats",
        "dealstage": stage,
        "amount": f"{minor // 100}.{minor % 100:02d}",
        "deal_currency_code": one.currency.upper(),
        "closedate": (now + timedelta(days=10 + place % 60)).strftime("%Y-%m-%dT12:00:00Z"),
        "hs_is_closed": "true" if stage.startswith("closed") else "false",
    }
