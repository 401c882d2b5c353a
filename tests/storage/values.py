"""Values that tests of the store put in and expect back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.action import Action, Proposal, Receipt
from deskhand.domain.article import Citation
from deskhand.domain.attachment import Attachment
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.delivery import Delivery
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.finding import Fact
from deskhand.domain.heard import Heard
from deskhand.domain.money import Money
from deskhand.domain.outcome import ModelUse, RunOutcome, RunResult, ToldAction, ToldRequest, ToldVerdict
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.domain.ticket import Requester
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Approve

NOW = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICKET = "zendesk:ticket:7"
REFUND = Action("refund_charge", {"charge": "ch_1", "amount": "29.00 USD"})
RECEIPT = Receipt("refund/7/ch_1", "stripe", "re_1", NOW, {"amount": "29.00 USD"})

RESOLUTION = Resolution(
    reply="I have refunded 29.00 USD. ✓",
    end=End.RESOLVED,
    proposals=(Proposal(REFUND, RECEIPT.key, "d1", Approve("refunds/small", ("billing",)), "Refund 29.00 USD"),),
    citations=(Citation("billing/refunds.md", "within 14 days"),),
    facts=(Fact("charge.amount", "29.00 USD", "stripe", NOW),),
    procedures=("duplicate-charge",),
)
HEARD = Heard(
    ticket=TICKET,
    message="m1",
    channel="email",
    requester=Requester("Ada", "ada@example.com", True),
    attachments=(Attachment("invoice.pdf", "application/pdf", 1200),),
    text="I was charged twice.",
    understanding=Understanding(
        language="en",
        requests=(Request("charged twice", Kind.PROCEDURE, "duplicate-charge", 0.9, (("duplicate-charge", 0.9),)),),
        sentiment=Sentiment.CALM,
        urgency=Urgency.NORMAL,
        risks=(),
        wants_human=False,
    ),
    turns=1,
    took_ms=1.5,
)
SUGGESTION = Suggestion(
    id="s1",
    heard=HEARD,
    resolution=RESOLUTION,
    digest="d1",
    stage=Stage.ASSISTED,
    roles=("billing",),
    state=SuggestionState.PENDING,
    created_at=NOW,
    expires_at=NOW + HOUR,
)
CONFIRMATION = Confirmation(TICKET, RECEIPT.key, "d1", REFUND, "duplicate-charge", NOW, NOW + HOUR)
RESULT = RunResult(
    outcome=RunOutcome.RESOLVED,
    reply="Done.",
    language="en",
    requests=(ToldRequest("charged twice", "duplicate-charge"),),
    actions=(ToldAction(REFUND.name, REFUND.args, ToldVerdict("allow", "refunds/small", ""), RECEIPT),),
    citations=(),
    handoff=None,
    model=ModelUse(),
    timings_ms={"understand": 1.5},
)


def nothing(
    connection: sa.Connection,
    story: str,
    ticket: str,
    key: str,
    *args: str,
    turn: int = 0,
    delay: float = 0,
    bulk: bool = False,
) -> None:
    """Stands where the engine enqueues, for tests that start no run."""


def delivery(id: str = "d1", *, message: str = "m1", source: str = "zendesk") -> Delivery:
    return Delivery(source, id, TICKET, message, "email", NOW)


def effect(key: str = "refund/7/ch_1", *, minor: int = 2900, alone: bool = True, customer: str = "c1") -> Effect:
    return Effect(
        key=key,
        ticket=TICKET,
        customer=customer,
        action="refund_charge",
        subject="stripe:charge:ch_1",
        args=REFUND.args,
        amount=Money(minor, "USD"),
        alone=alone,
        state=EffectState.RESERVED,
        at=NOW,
    )


def settled(effect: Effect, state: EffectState) -> Effect:
    receipt = replace(RECEIPT, key=effect.key) if state is EffectState.DONE else None
    return replace(effect, state=state, receipt=receipt, reason="" if receipt else "no answer")
