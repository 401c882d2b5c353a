"""The made-up company's customers as Salesforce would keep them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.connectors.http.twin_store import Row
from deskhand.connectors.world import Someone, World

OWNERS = ("Nina Ferreira", "Tomas Lind", "Aisha Rahman")
STAGES = ("Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won")
FEATURED = 8  # people that every recipe begins with: each of them has a deal and a number
HEALTH = {"failed_payment": "at risk", "cancelled": "poor"}


def rows_of(world: World, now: datetime) -> Iterator[Row]:
    for place, name in enumerate(OWNERS):
        yield "User", id_of("005", place), "", "", 0, {"Id": id_of("005", place), "Name": name}
    for place, one in enumerate(world.people):
        yield from _person(place, one, now)


def id_of(kind: str, place: int) -> str:
    """Eighteen characters, as Salesforce has them; `kind` is their prefix for a kind of record."""
    return f"{kind}{place:012d}AAA"


def _person(place: int, one: Someone, now: datetime) -> Iterator[Row]:
    contact, account, owner = id_of("003", place), id_of("001", place), id_of("005", place % len(OWNERS))
    made = datetime.fromtimestamp(one.since, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    situation = one.situation.removeprefix("named ")
    body: dict[str, Any] = {
        "Id": contact,
        "Name": one.name,
        "Email": one.email,
        "Phone": f"+45 {20 + place % 80} {place % 100:02d} {place // 100 % 100:02d} {place // 10_000:02d}",
        "MobilePhone": None,
        "Title": "Head of Finance" if place % 3 == 0 else None,
        "CreatedDate": made,
        "SystemModstamp": made,
        "AccountId": account,
        "OwnerId": owner,
        "Tier__c": one.tier.capitalize(),
        "Flagged__c": one.flagged,
        "Stripe_Id__c": one.id,
    }
    yield "Contact", contact, account, one.email.lower(), one.since, body
    held = {
        "Id": account,
        "Name": one.records.get("accounts", {}).get("workspace") or one.name,
        "Subscription_Status__c": one.subscription.status.capitalize(),
        "Health__c": HEALTH.get(situation, "good").capitalize(),
    }
    yield "Account", account, "", "", one.since, held
    for number in range(2 if place < FEATURED else int(place % 4 == 0)):
        deal = id_of("006", 2 * place + number)
        at = one.since + number
        yield "Opportunity", deal, account, "", at, _deal(deal, account, place + number, one, now)


def _deal(id: str, account: str, place: int, one: Someone, now: datetime) -> dict[str, Any]:
    stage = STAGES[place % len(STAGES)]
    return {
        "Id": id,
        "Name": f"{one.subscription.plan}, {5 + place % 20} more seats",
        "StageName": stage,
        "Amount": one.subscription.unit * (5 + place % 20) * 12 / 100,
        "CurrencyIsoCode": one.currency.upper(),
        "CloseDate": (now + timedelta(days=10 + place % 60)).date().isoformat(),
        "AccountId": account,
        "IsClosed": stage.startswith("Closed"),
    }
