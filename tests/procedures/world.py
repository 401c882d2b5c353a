"""A shop whose orders are late: what its desk knows, and tools that answer as they are told to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskhand.domain.action import Action, Proposal
from deskhand.domain.errors import ConnectorError
from deskhand.domain.finding import Finding, LookupSpec, Value
from deskhand.domain.money import Money
from deskhand.domain.understanding import Kind, Request
from deskhand.domain.verdict import Allow, Verdict
from deskhand.procedures.loading import Known, load_procedures
from deskhand.procedures.procedure import ActionShape, Procedure

NAME = "procedures/late-order.yaml"
TEXT = (Path(__file__).parent / "late-order.yaml").read_text("utf-8")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

ORDER = {"found": bool, "state": str, "total": Money, "placed": datetime, "items": list[str], "takes": timedelta}
PARCEL = {"id": str, "cost": Money, "sent": datetime}
KNOWN = Known(
    look_ups={
        "shop.order": LookupSpec("shop.order", "One order.", {"number": str}, ORDER, {}),
        "shop.late_parcels": LookupSpec(
            "shop.late_parcels",
            "Its parcels that are late.",
            {"number": str, "days": int},
            {"first.sent": datetime},
            PARCEL,
        ),
    },
    actions={
        "refund_shipping": ActionShape(
            "refund_shipping", {"parcel": str, "amount": Money, "reason": str}, ("id", "amount")
        ),
        "send_note": ActionShape("send_note", {"text": str}, ("id",)),
        "cancel_order": ActionShape("cancel_order", {"order": str}, ("id",)),
    },
    articles={"shop/late-parcels", "shop/delivery-times"},
    queues={"support", "risk"},
)

CUSTOMER: Mapping[str, Value] = {
    "now": NOW,
    "customer.known": True,
    "customer.verified": True,
    "customer.name": "Maya Chen",
    "customer.email": "maya@example.com",
    "customer.tier": "standard",
    "customer.since": NOW - timedelta(days=400),
}
FOUND: Mapping[str, Value] = {
    "found": True,
    "state": "shipped",
    "total": Money(4200, "USD"),
    "placed": datetime(2026, 11, 3, 9, tzinfo=UTC),
    "items": ["a lamp", "two bulbs"],
}
ASKED = Request("where is my order 4711?", Kind.PROCEDURE, "late-order", 0.9, slots={"order_number": "4711"})


def late(*names: str) -> tuple[Mapping[str, Value], ...]:
    return tuple({"id": name, "cost": Money(590, "EUR"), "sent": NOW - timedelta(days=9)} for name in names)


def loaded(text: str = TEXT) -> Procedure:
    (procedure,) = load_procedures({NAME: text}, KNOWN)
    return procedure


@dataclass
class FakeTools:
    """`verdicts` by parcel, allowed when it is not named; `down` are look-ups and actions that do not answer."""

    order: Mapping[str, Value] = field(default_factory=lambda: FOUND)
    parcels: tuple[Mapping[str, Value], ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    down: Mapping[str, ConnectorError] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str | int]]] = field(default_factory=list)
    proposed: list[Action] = field(default_factory=list)
    more: bool = False

    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding:
        self.asked.append((name, dict(arguments)))
        if name in self.down:
            raise self.down[name]
        if name == "shop.order":
            return Finding(name, self.order, (), "shop", NOW)
        return Finding(name, {}, self.parcels, "shop", NOW, self.more)

    def propose(self, action: Action) -> Proposal:
        self.proposed.append(action)
        if action.name in self.down:
            raise self.down[action.name]
        parcel = action.args.get("parcel", "")
        verdict = self.verdicts.get(parcel, Allow("shipping"))
        return Proposal(
            action, f"refund/{parcel}", "digest", verdict, f"Refund {action.args.get('amount')} for {parcel}"
        )
