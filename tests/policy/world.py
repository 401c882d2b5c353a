"""Facts to decide on: a refund and a message with nothing in the way, and many more at and around every boundary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from deskhand.bootstrap import policy_files
from deskhand.domain.money import Money
from deskhand.execution.catalogue.all_actions import ACTIONS, schema_of, schema_of_texts
from deskhand.execution.catalogue.refund_charge import AskedAmount, ChargeFacts
from deskhand.policy.facts import (
    ActionBase,
    ActionFacts,
    ActionSchema,
    CustomerFacts,
    HistoryFacts,
    IdentityFacts,
    OfficeFacts,
    PredictedFacts,
    SignalFacts,
    TakeoverFacts,
    TalkFacts,
    TicketFacts,
    TurnFacts,
)
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy

T = TypeVar("T")
SCHEMA = schema_of(ACTIONS)


def load(files: Mapping[str, str], schema: Mapping[str, ActionSchema] = SCHEMA) -> Policy:
    return load_policies(files, schema)


def of_desk(folder: Path) -> Policy:
    """The policy of a desk folder, with the schema of its own actions."""
    files = policy_files(folder)
    return load_policies(files, schema_of_texts(files))


REFUND_YAML = (Path(__file__).parent / "refund.yaml").read_text("utf-8")
POLICY = load({"refund.yaml": REFUND_YAML})

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MICRO, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
MONTH = {"USD": 10000, "EUR": 9000}


@dataclass(frozen=True)
class RefundFacts(ActionBase):
    """All facts of a refund as one value."""

    refund: AskedAmount
    charge: ChargeFacts


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def history(alone_month: Money) -> HistoryFacts:
    """So much went to this customer without a person within the month, and nothing else happened."""
    none = Money(0, alone_month.currency)
    return HistoryFacts(none, alone_month, none, alone_month, None, None, 0, 0)


TICKET = TicketFacts("assistant", "stripe:customer:1", verified=True)
CUSTOMER = CustomerFacts(known=True, tier="standard", flagged=False)
IDENTITY, TAKEOVER = IdentityFacts(attested=True, proven=False), TakeoverFacts([])
OFFICE = OfficeFacts(None, None)
CHARGE = ChargeFacts(
    customer="stripe:customer:1",
    amount=usd(4200),
    refunded=usd(0),
    currency="USD",
    status="succeeded",
    created_at=NOW - 4 * DAY,
    disputed=False,
    duplicate_gap=4 * HOUR,
    credited=usd(0),
)
REFUND = RefundFacts(
    now=NOW,
    stage="autonomous",
    channel="email",
    actor="assistant",
    ticket=TICKET,
    customer=CUSTOMER,
    identity=IDENTITY,
    takeover=TAKEOVER,
    office=OFFICE,
    refund=AskedAmount(usd(4200), "USD"),
    charge=CHARGE,
    history=history(usd(0)),
    action=ActionFacts(True, own=True),
)
SIGNAL = SignalFacts(wants_human=False, sentiment="calm", urgency="normal", language="en", risks=[])
MESSAGE = TurnFacts(
    now=NOW,
    stage="autonomous",
    channel="email",
    actor="assistant",
    ticket=TICKET,
    customer=CUSTOMER,
    identity=IDENTITY,
    takeover=TAKEOVER,
    office=OFFICE,
    talk=TalkFacts(turns=1, failed=0, requests=1),
    signal=SIGNAL,
    predicted=PredictedFacts(10, learned=False),
)


def odd(random: Random, good: T, *bad: T, often: float = 0.93) -> T:
    """Mostly `good`, so that often one rule alone is in the way."""
    return good if random.random() < often else random.choice(bad)


def some_customer(random: Random) -> CustomerFacts:
    if random.random() < 0.1:
        return CustomerFacts(known=False, tier=None, flagged=None)
    return CustomerFacts(True, odd(random, "standard", "enterprise", "vip", often=0.7), odd(random, False, True))


def some_ticket(random: Random) -> TicketFacts:
    return TicketFacts(odd(random, "assistant", "ana", "queue:risk", ""), TICKET.customer, odd(random, True, False))


def some_refund(random: Random) -> RefundFacts:
    currency = random.choice(["USD", "USD", "USD", "EUR", "EUR", "JPY"])
    paid = random.choice([1, 4500, 4501, 5000, 5001, 45000, 45001, 50000, 50001, random.randrange(1, 60000)])
    back = odd(random, 0, 1, paid // 2, paid)
    asked = odd(random, paid - back, paid, paid - back + 1, 1, 0, -1)
    room = max(0, MONTH.get(currency, 10000) - asked)
    charge = ChargeFacts(
        customer=odd(random, TICKET.customer, "stripe:customer:2", ""),
        amount=Money(paid, currency),
        refunded=Money(back, currency),
        currency=odd(random, currency, "GBP"),
        status=odd(random, "succeeded", "failed", "pending"),
        created_at=NOW - odd(random, 4 * DAY, 30 * DAY, 30 * DAY + MICRO, 400 * DAY, often=0.8),
        disputed=odd(random, False, True),
        duplicate_gap=odd(random, 4 * HOUR, None, 72 * HOUR, 72 * HOUR + MICRO, often=0.8),
        credited=Money(0, currency),
    )
    return RefundFacts(
        now=NOW,
        stage=odd(random, "autonomous", "assisted", "read-only", "atuonomous"),
        channel="email",
        actor="assistant",
        ticket=some_ticket(random),
        customer=some_customer(random),
        identity=IDENTITY,
        takeover=TAKEOVER,
        office=OFFICE,
        refund=AskedAmount(Money(asked, currency), currency),
        charge=charge,
        history=history(Money(odd(random, 0, room, room + 1, often=0.6), currency)),
        action=ActionFacts(odd(random, True, False), own=True),
    )


def some_message(random: Random) -> TurnFacts:
    risks: list[Any] = odd(random, [], ["legal"], ["press"], ["fraud", "legal"], ["fraud"], often=0.8)
    return TurnFacts(
        now=NOW,
        stage=odd(random, "autonomous", "assisted", "read-only"),
        channel="chat",
        actor="assistant",
        ticket=some_ticket(random),
        customer=some_customer(random),
        identity=IDENTITY,
        takeover=TAKEOVER,
        office=OFFICE,
        talk=TalkFacts(odd(random, 1, 11, 12, 13, often=0.8), odd(random, 0, 1, 2, 3, often=0.8), requests=1),
        signal=SignalFacts(odd(random, False, True), odd(random, "calm", "angry", often=0.7), "normal", "en", risks),
        predicted=PredictedFacts(odd(random, 5, 89, 90, often=0.8), odd(random, False, True, often=0.8)),
    )
