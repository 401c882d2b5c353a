"""A made-up company's customers: the same people for every twin, made from a recipe, a seed and today's date."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.errors import DeskFault, Fault

FIRST = (
    "Ada Amir Anna Bao Ben Carla Chidi Clara Dana Diego Elif Emil Erik Fatima Finn Gita Hana Hugo Ines Ivan Jack "
    "Jana Joao Kai Kenji Lea Leo Lina Luca Mara Marc Mei Mila Nadia Nils Noor Olga Omar Otto Paula Piet Rania "
    "Rosa Sam Sara Sven Tara Theo Uma Vera Viktor Wanda Yara Yusuf Zoe "
).split()
LAST = (
    "Abbas Adler Alves Baker Bauer Berg Bianchi Brandt Chen Costa Cruz Diaz Dubois Eriksen Evans Fischer Fontana "
    "Garcia Gruber Haas Hansen Hoffmann Huang Ibrahim Ito Jansen Jensen Johnson Kaya Keller Khan Kowalski Larsen "
    "Lehmann Lopez Martin Meyer Moreau Nakamura Novak Okafor Olsen Park Patel Petrov Popescu Rossi Sato Schmidt "
    "Silva Singh Smith Tanaka Torres Vargas Vogel Weber Wolf Yilmaz Young Zhang "
).split()
PLACES = ("example.com", "example.org", "example.net")
SITUATIONS = (
    "single_charge",
    "double_charge_small",
    "double_charge_large",
    "double_charge_refunded",
    "cancelled",
    "failed_payment",
    "enterprise",
    "trial",
)
REASONS = ("Your card has insufficient funds.", "Your card has expired.", "Your card was declined.")
DAY = 86400


@dataclass(frozen=True)
class Named:
    """Somebody who always exists: who, which plan, in which situation."""

    name: str
    email: str
    plan: str
    situation: str
    tier: str = "standard"


@dataclass(frozen=True)
class Recipe:
    """`plans`: price in minor units by plan and currency; `shares`: how often each situation occurs, of 1."""

    company: str
    seed: int
    customers: int
    plans: Mapping[str, Mapping[str, int]]
    shares: Mapping[str, float]
    named: tuple[Named, ...]


@dataclass(frozen=True)
class Payment:
    """Money taken, or not (`failure`). Amounts in minor units, times in seconds since 1970."""

    id: str
    invoice: str
    number: str
    amount: int
    created: int
    what: str
    failure: str = ""
    refunded: int = 0
    refunded_at: int = 0
    disputed: bool = False


@dataclass(frozen=True)
class Running:
    id: str
    plan: str
    unit: int
    seats: int
    status: str
    period_start: int
    period_end: int
    ended: int = 0


@dataclass(frozen=True)
class Someone:
    id: str
    name: str
    email: str
    tier: str
    flagged: bool
    since: int
    currency: str
    situation: str
    subscription: Running
    payments: tuple[Payment, ...]
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """`plans`: price in minor units by plan and currency."""

    people: tuple[Someone, ...]
    incident: Mapping[str, Any]
    plans: Mapping[str, Mapping[str, int]]


def read_recipe(text: str, file: str) -> Recipe:
    """From `twins.toml`. `DeskFault` when something is missing or misspelt."""
    try:
        raw = tomllib.loads(text)
        named = tuple(Named(**one) for one in raw["named"])
        recipe = Recipe(raw["company"], raw["seed"], raw["customers"], raw["plans"], raw["shares"], named)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DeskFault((Fault(file, 1, f"cannot be read: {error}"),)) from error
    if strange := {*recipe.shares, *(one.situation for one in named)} - set(SITUATIONS):
        raise DeskFault((Fault(file, 1, f"unknown situation {sorted(strange)[0]!r}"),))
    return recipe


def make_world(recipe: Recipe, now: datetime) -> World:
    """The same recipe and day give the same world. Dates lie before `now`, so that it is never stale."""
    dice = random.Random(recipe.seed)
    people = [_someone(place, one, recipe, dice, now) for place, one in enumerate(recipe.named)]
    people = [replace(one, situation=f"named {one.situation}") for one in people]
    taken = {one.email for one in people}
    common = list(recipe.shares)
    weights = list(recipe.shares.values())
    for place in range(len(people), recipe.customers):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        email = f"{first}.{last}@{dice.choice(PLACES)}".lower()
        while email in taken:
            email = f"{first}.{last}{dice.randrange(10, 9999)}@{dice.choice(PLACES)}".lower()
        taken.add(email)
        situation = dice.choices(common, weights)[0]
        plan = _plan_for(situation, recipe, dice)
        tier = "enterprise" if situation == "enterprise" else dice.choices(("standard", "vip"), (97, 3))[0]
        people.append(_someone(place, Named(f"{first} {last}", email, plan, situation, tier), recipe, dice, now))
    since = now - timedelta(hours=5)
    note = "Exports of large dashboards take longer than usual; we are adding capacity."
    incident = {"component": "Exports", "status": "degraded", "note": note, "since": since.isoformat()}
    return World(tuple(people), incident, recipe.plans)


def _plan_for(situation: str, recipe: Recipe, dice: random.Random) -> str:
    """A double charge is within the automatic limit on the cheapest plan, above it on the dearest."""
    plans = sorted(recipe.plans, key=lambda plan: recipe.plans[plan]["usd"])
    if situation.startswith("double_charge"):
        return plans[-1] if situation == "double_charge_large" else plans[0]
    return dice.choice(plans)


def _someone(place: int, who: Named, recipe: Recipe, dice: random.Random, now: datetime) -> Someone:
    number = f"{place:06d}"
    currency = "eur" if place >= len(recipe.named) and dice.random() < 0.35 else "usd"
    unit = recipe.plans[who.plan][currency]
    today = int(now.timestamp())
    age = dice.randrange(3, 13) if who.situation == "trial" else dice.randrange(90, 900)
    last = today - (dice.randrange(2, 5) if who.situation != "single_charge" else dice.randrange(5, 26)) * DAY
    last -= dice.randrange(0, 10) * 3600
    payments = () if who.situation == "trial" else _payments(number, who, recipe.company, unit, last, today, dice)
    if place < len(recipe.named) and who.situation == "single_charge":
        payments, age = payments[-1:], (today - last) // DAY  # one charge in all, since they have just begun
    running = _running(number, who, unit, last, today, dice)
    return Someone(
        id=f"cus_{number}",
        name=who.name,
        email=who.email,
        tier=who.tier,
        flagged=place >= len(recipe.named) and dice.random() < 0.01,
        since=today - age * DAY,
        currency=currency,
        situation=who.situation,
        subscription=running,
        payments=payments,
        records=_records(number, who, dice, now),
    )


def _payments(
    number: str, who: Named, company: str, unit: int, last: int, today: int, dice: random.Random
) -> tuple[Payment, ...]:
    """Three months of payments, oldest first, and what is special about the last one."""
    paid = []
    for month in (2, 1, 0):
        at = last - month * 30 * DAY
        what = f"{company} {who.plan}, {_month(at)}"
        paid.append(
            Payment(
                f"ch_{number}{month}a",
                f"in_{number}{month}a",
                f"{company[:2].upper()}-{number}-{3 - month}",
                unit,
                at,
                what,
            )
        )
    newest = paid[-1]
    match who.situation:
        case "double_charge_small" | "double_charge_large" | "double_charge_refunded" | "enterprise":
            again = replace(
                newest,
                id=f"ch_{number}0b",
                invoice=f"in_{number}0b",
                number=f"{company[:2].upper()}-{number}-4",
                created=min(newest.created + dice.randrange(1, 20) * 3600, today - 3600),
            )
            if who.situation == "double_charge_refunded":
                at = min(again.created + dice.randrange(4, 20) * 3600, today - 600)
                again = replace(again, refunded=again.amount, refunded_at=at)
            paid.append(again)
        case "failed_payment":
            paid[-1] = replace(newest, failure=dice.choice(REASONS))
        case _:
            pass
    return tuple(paid)


def _running(number: str, who: Named, unit: int, last: int, today: int, dice: random.Random) -> Running:
    status = {"cancelled": "canceled", "failed_payment": "past_due", "trial": "trialing"}.get(who.situation, "active")
    end = today + dice.randrange(2, 11) * DAY if who.situation == "trial" else last + 30 * DAY
    ended = last + dice.randrange(1, 2) * DAY if status == "canceled" else 0
    return Running(f"sub_{number}", who.plan, unit, 1, status, last, end, ended)


def _records(number: str, who: Named, dice: random.Random, now: datetime) -> dict[str, dict[str, Any]]:
    """What the company's own database knows of this customer, by table."""
    seats = {"Starter": 2, "Team": 10}.get(who.plan, 50)
    storage = {"Starter": 10, "Team": 50}.get(who.plan, 250)
    ended = who.situation == "cancelled"

    def ago(hours: int) -> str:
        return (now - timedelta(hours=hours, minutes=dice.randrange(60))).isoformat()

    account = {
        "email": who.email,
        "workspace": f"{who.name.split()[-1]} {dice.choice(('Studio', 'Trading', 'Labs', 'Foods', 'Design'))}",
        "status": "closed" if ended else "active",
        "sso": int(who.tier == "enterprise" or (who.plan == "Business" and dice.random() < 0.3)),
        "locked": int(dice.random() < 0.05),
        "password_set_at": ago(dice.randrange(200, 9000)),
        "last_login_at": ago(dice.randrange(2, 300)),
        "reset_sent_at": ago(dice.randrange(1, 48)) if dice.random() < 0.2 else None,
        "seats_used": dice.randrange(1, seats + 1),
        "seats_total": seats,
        "storage_used_gb": dice.randrange(0, storage + 1),
        "storage_gb": storage,
    }
    tables = {"accounts": account}
    if dice.random() < 0.6:
        state = dice.choices(("done", "running", "queued", "failed"), (60, 20, 10, 10))[0]
        asked = dice.randrange(1, 40)
        tables["exports"] = {
            "id": f"exp_{number}",
            "email": who.email,
            "kind": dice.choice(("CSV", "XLSX", "PDF")),
            "status": state,
            "requested_at": ago(asked),
            "finished_at": ago(asked - 1) if state in ("done", "failed") else None,
        }
    if dice.random() < 0.4:
        total = dice.randrange(200, 90_000)
        state = dice.choices(("done", "running", "failed"), (70, 20, 10))[0]
        tables["imports"] = {
            "id": f"imp_{number}",
            "email": who.email,
            "file": dice.choice(("orders.csv", "customers.csv", "visits.csv", "budget.csv")),
            "status": state,
            "rows_done": total if state == "done" else dice.randrange(total),
            "rows_total": total,
            "requested_at": ago(dice.randrange(1, 40)),
        }
    return tables


def _month(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%B %Y}"
