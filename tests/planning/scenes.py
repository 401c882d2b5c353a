"""Situations of the demo company in which a reply is written: what was read, what may be done, and the values of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from deskhand.bootstrap import Folder, load_folder
from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Citation, Hit
from deskhand.domain.finding import Finding, Value
from deskhand.domain.money import Money
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.verdict import Allow, Deny, Verdict
from deskhand.infrastructure.search.passages import passages
from deskhand.planning.grounding import Sources, sources_of
from deskhand.settings import read_settings

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DEEDS = {
    "refund_charge": ("refunded", "returned", "reimbursed", "credited"),
    "cancel_subscription": ("cancelled", "canceled", "ended", "stopped"),
    "send_invoice": ("sent", "resent", "emailed", "mailed"),
}
PRICES = {"Starter": (2900, 2700), "Team": (7900, 7400), "Business": (24900, 22900)}
LETTERS = "0123456789abcdef"


@dataclass(frozen=True)
class Scene:
    """`values` fill the places of a wording; a value is money, a time, or text."""

    name: str
    values: Mapping[str, str | Money | datetime]
    findings: tuple[Finding, ...]
    hits: tuple[Hit, ...]
    written: tuple[str, ...]
    proposals: tuple[Proposal, ...]

    def letter(self, reply: str) -> Resolution:
        citations = tuple(Citation(hit.passage.source, hit.passage.text) for hit in self.hits)
        return Resolution(reply, End.RESOLVED, self.proposals, citations, (), ())

    def sources(self) -> Sources:
        return sources_of(self.findings, self.hits, self.written, self.letter(""), DEEDS, hosts=trusted_hosts())


@cache
def trusted_hosts() -> frozenset[str]:
    return frozenset(read_settings(LUMEN).table.replies.trusted)


@cache
def folder() -> Folder:
    return load_folder(read_settings(LUMEN))


@cache
def hits(*sources: str) -> tuple[Hit, ...]:
    """Every passage of these articles."""
    articles = {article.source: article for article in folder().articles}
    return tuple(Hit(one, 1.0, 0.9) for name in sources for one in passages(articles[name]))


@cache
def written(*ids: str) -> tuple[str, ...]:
    procedures = {one.id: one for one in folder().procedures}
    return tuple(text for id in ids for text in procedures[id].words())


def proposal(name: str, args: Mapping[str, str], verdict: Verdict) -> Proposal:
    return Proposal(Action(name, args), f"{name}/t/1", "d", verdict, f"{name}: {', '.join(args.values())}")


def scene(name: str, random: Random) -> Scene:
    """A situation of this name with values of its own."""
    return MAKERS[name](random)


def _id(random: Random, start: str) -> str:
    return start + "".join(random.choice(LETTERS) for _ in range(20))


def _day(random: Random, least: int, most: int) -> datetime:
    return NOW + timedelta(days=random.randint(least, most), minutes=random.randint(-500, 500))


def _price(random: Random) -> tuple[str, Money]:
    plan = random.choice(sorted(PRICES))
    currency = random.choice(("USD", "EUR"))
    return plan, Money(PRICES[plan][currency == "EUR"], currency)


def _double(random: Random) -> Scene:
    _, amount = _price(random)
    second = _day(random, -12, -2)
    first = second - timedelta(days=1)
    charge = _id(random, "ch_")
    row: dict[str, Value] = {
        "charge": charge,
        "amount": amount,
        "created": second,
        "original": _id(random, "ch_"),
        "original_created": first,
    }
    found = Finding(
        "billing.duplicate_charges", {"since": NOW - timedelta(days=60), "already_refunded": 0}, (row,), "stripe", NOW
    )
    refund = proposal("refund_charge", {"charge": charge, "amount": str(amount)}, Allow("refunds"))
    values: dict[str, str | Money | datetime] = {
        "amount": amount,
        "first": first,
        "second": second,
        "charge": charge,
        "receipt": "{{ receipts.0.id }}",
    }
    cited = hits("billing/charged-twice", "billing/refund-times")
    return Scene("double", values, (found,), cited, written("duplicate-charge", "unknown-charge"), (refund,))


def _subscription(random: Random) -> tuple[Finding, dict[str, str | Money | datetime]]:
    plan, price = _price(random)
    renews = _day(random, 3, 28)
    fields: dict[str, Value] = {
        "found": True,
        "id": _id(random, "sub_"),
        "plan": plan,
        "status": "active",
        "price": price,
    }
    fields |= {"interval": "month", "seats": random.randint(1, 9), "renews": renews}
    return Finding("billing.subscription", fields, (), "stripe", NOW), {
        "plan": plan,
        "price": price,
        "renews": renews,
        "interval": "month",
    }


def _plan(random: Random) -> Scene:
    found, values = _subscription(random)
    cited = hits("billing/plans-and-prices", "billing/annual-billing")
    return Scene("plan", values, (found,), cited, written("subscription-status"), ())


def _cancel(random: Random) -> Scene:
    found, values = _subscription(random)
    end = proposal("cancel_subscription", {"subscription": str(found.fields["id"])}, Allow("cancellations"))
    values |= {"receipt": "{{ receipts.0.ends }}"}
    return Scene(
        "cancel", values, (found,), hits("billing/cancel-subscription"), written("cancel-subscription"), (end,)
    )


def _invoice(random: Random) -> Scene:
    _, total = _price(random)
    created = _day(random, -28, -1)
    number, id = f"LUM-{random.randint(10000, 99999)}-000{random.randint(1, 9)}", _id(random, "in_")
    row: dict[str, Value] = {"invoice": id, "number": number, "total": total, "status": "paid", "created": created}
    fields: dict[str, Value] = {"since": NOW - timedelta(days=180)} | {
        f"latest.{name}": value for name, value in row.items()
    }
    found = Finding("billing.invoices", fields, (row,), "stripe", NOW)
    send = proposal("send_invoice", {"invoice": id}, Allow("invoices"))
    values: dict[str, str | Money | datetime] = {"number": number, "total": total, "created": created}
    return Scene("invoice", values, (found,), hits("billing/find-invoices"), written("resend-invoice"), (send,))


def _export(random: Random) -> Scene:
    kind, requested = random.choice(("CSV", "XLSX", "PDF")), _day(random, -2, 0)
    fields: dict[str, Value] = {
        "found": True,
        "id": _id(random, "exp_"),
        "kind": kind,
        "status": "running",
        "requested_at": requested,
    }
    found = Finding("records.latest_export", fields, (), "records", NOW)
    cited = hits("features/export-data", "features/export-problems")
    return Scene("export", {"kind": kind, "requested": requested}, (found,), cited, written("export-status"), ())


def _usage(random: Random) -> Scene:
    total, room = random.choice(((2, 10), (10, 50), (50, 250)))
    used, storage = random.randint(1, total), random.randint(1, room)
    workspace = random.choice(("Nordlicht", "Blue Harbor", "Casa Verde", "Studio Nine"))
    fields: dict[str, Value] = {"found": True, "workspace": workspace, "seats_used": used, "seats_total": total}
    fields |= {"storage_used_gb": storage, "storage_gb": room}
    found = Finding("records.workspace_usage", fields, (), "records", NOW)
    values: dict[str, str | Money | datetime] = {
        "workspace": workspace,
        "used": str(used),
        "total": str(total),
        "storage": str(storage),
        "room": str(room),
    }
    return Scene(
        "usage",
        values,
        (found,),
        hits("account/workspace-usage", "billing/extra-seats"),
        written("workspace-usage"),
        (),
    )


def _locked(random: Random) -> Scene:
    fields: dict[str, Value] = {
        "found": True,
        "status": "active",
        "sso": False,
        "locked": True,
        "last_login_at": _day(random, -9, -1),
    }
    found = Finding("records.account_access", fields, (), "records", NOW)
    return Scene("locked", {}, (found,), hits("account/account-locked"), written("account-locked"), ())


def _old(random: Random) -> Scene:
    created = _day(random, -80, -40)
    row: dict[str, Value] = {
        "charge": _id(random, "ch_"),
        "amount": Money(2900, "USD"),
        "created": created,
        "status": "succeeded",
    }
    found = Finding("billing.charges", {"since": NOW - timedelta(days=90)}, (row,), "stripe", NOW)
    says = (
        'This payment is more than 30 days old, so I cannot refund it. Reply "person" and a colleague will look at it.'
    )
    refused = proposal(
        "refund_charge", {"charge": str(row["charge"]), "amount": "29.00 USD"}, Deny("refund-too-old", says)
    )
    return Scene("old", {}, (found,), hits("billing/refund-policy"), written("refund-request"), (refused,))


def _article(name: str, *sources: str) -> Scene:
    return Scene(name, {}, (), hits(*sources), (), ())


MAKERS: dict[str, Callable[[Random], Scene]] = {
    "double": _double,
    "plan": _plan,
    "cancel": _cancel,
    "invoice": _invoice,
    "export": _export,
    "usage": _usage,
    "locked": _locked,
    "old": _old,
    "trial": lambda _: _article("trial", "billing/free-trial"),
    "hours": lambda _: _article("hours", "policies/support-hours"),
    "signin": lambda _: _article("signin", "account/two-factor"),
}
