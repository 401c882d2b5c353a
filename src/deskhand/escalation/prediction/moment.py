"""What is known of a ticket when one of its messages has been understood, and before anything is decided on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from deskhand.domain.case import Case
from deskhand.domain.customer import Matched
from deskhand.domain.heard import Heard
from deskhand.domain.journal_line import JournalLine
from deskhand.policy.facts import OfficeFacts

CONSIDERED = "message.considered"
EARLIER = frozenset(  # the lines that `Past` is made of
    {CONSIDERED, "message.ended", "suggestion.settled", "ticket.given", "confirmation.refused"}
)
ASSISTANT = "assistant"
REWRITTEN = frozenset({"edited", "rejected"})


@dataclass(frozen=True)
class Moment:
    """One message. `confidence` is that of the least sure request, 1 when there is none; None is unknown."""

    at: datetime
    language: str
    sentiment: str
    urgency: str
    signals: Mapping[str, float]
    risks: tuple[str, ...]
    kinds: tuple[str, ...]
    procedures: tuple[str, ...]
    confidence: float
    wants_human: bool
    automatic: bool
    turns: int
    failed: int
    repeats: int
    questions: int
    known: bool
    tier: str | None
    flagged: bool | None
    attested: bool
    takeover: int | None
    channel: str
    stage: str
    office_open: bool | None
    holiday: bool | None
    missing: int
    joined: int
    former: int


@dataclass(frozen=True)
class Past:
    """What the ticket's earlier messages came to. `questions`: replies that only asked; `waits`: what waited for an
    agent; `denied`: proposals that policy did not allow; `refusals`: a customer's no to what was proposed; `rewritten`:
    suggestions that an agent edited or rejected; `frustration`: the strongest so far; `shown`: how much of a sign the
    earlier messages showed together; `message`: the last that was considered."""

    questions: int = 0
    waits: int = 0
    denied: int = 0
    refusals: int = 0
    rewritten: int = 0
    frustration: float = 0.0
    given_back: bool = False
    shown: Mapping[str, float] = field(default_factory=dict)
    message: str = ""

    def after(self, line: JournalLine) -> "Past":
        """With one more line of the ticket; lines of no consequence change nothing."""
        body = line.body
        match line.kind:
            case "message.considered" if body["message"] != self.message:
                return self._considered(body)
            case "message.ended" if body["outcome"] == "asked":
                return replace(self, questions=self.questions + 1)
            case "message.ended" if body["outcome"] in ("awaiting_approval", "suggested"):
                return replace(self, waits=self.waits + 1)
            case "confirmation.refused":
                return replace(self, refusals=self.refusals + 1)
            case "suggestion.settled" if body["state"] in REWRITTEN:
                return replace(self, rewritten=self.rewritten + 1)
            case "ticket.given" if body["to"] == ASSISTANT:
                return replace(self, given_back=True)
            case _:
                return self

    def _considered(self, body: Mapping[str, Any]) -> "Past":
        denied = sum(one["effect"] in ("deny", "escalate") for one in body.get("proposals", ()))
        felt = body.get("signals", {}).get("frustration", 0.0)
        now = _shown(body)
        return replace(
            self,
            denied=self.denied + denied,
            frustration=max(self.frustration, felt),
            shown={name: self.shown.get(name, 0.0) + now.get(name, 0.0) for name in (*self.shown, *now)},
            message=body["message"],
        )


def _shown(body: Mapping[str, Any]) -> dict[str, float]:
    """What of one message is worth remembering when the next one comes."""
    requests = body.get("requests", ())
    kinds = {one["kind"] for one in requests}
    found = {
        "angry": float(body.get("sentiment") == "angry"),
        "urgent": float(body.get("urgency") == "urgent"),
        **{name: body.get("signals", {}).get(name, 0.0) for name in ("churn", "repeated", "person")},
        "unsure": float("unsure" in kinds),
        "unforeseen": float("unforeseen" in kinds),
        "doubt": 1.0 - min((one["confidence"] for one in requests), default=1.0),
        "missing": float(bool(body.get("missing"))),
    }
    return {name: value for name, value in found.items() if value}


NO_PAST = Past()


def past_of(lines: Iterable[JournalLine], message: str) -> Past:
    """What the ticket's lines say of the time before this message was first considered; later lines do not count."""
    past = NO_PAST
    for line in lines:
        if line.kind == CONSIDERED and line.body["message"] == message:
            break
        past = past.after(line)
    return past


def moment_now(heard: Heard, case: Case, *, failed: int, missing: int, office: OfficeFacts) -> Moment:
    """From what a desk has in hand. `failed`: actions declined on this ticket; `missing`: systems without an answer."""
    said = heard.understanding
    return Moment(
        at=case.now,
        language=said.language,
        sentiment=str(said.sentiment),
        urgency=str(said.urgency),
        signals={str(one.sign): one.strength for one in said.signals},
        risks=tuple(one.topic for one in said.risks),
        kinds=tuple(str(one.kind) for one in said.requests),
        procedures=tuple(one.procedure for one in said.requests if one.procedure),
        confidence=min((round(one.confidence, 4) for one in said.requests), default=1.0),
        wants_human=said.wants_human,
        automatic=said.automatic,
        turns=heard.turns,
        failed=failed,
        repeats=heard.thread.repeats,
        questions=heard.thread.questions,
        known=case.customer is not None,
        tier=case.tier,
        flagged=case.flagged,
        attested=case.verified,
        takeover=None if case.signals is None else len(case.signals),
        channel=case.channel,
        stage=str(case.stage),
        office_open=office.open,
        holiday=office.holiday,
        missing=missing,
        joined=_joined(case),
        former=len(heard.thread.former),
    )


def _joined(case: Case) -> int:
    match case.identity:
        case Matched(customer=customer):
            return len(customer.also)
        case _:
            return 0


def moment_then(facts: Mapping[str, Any], told: Mapping[str, Any]) -> Moment:
    """The same, from the facts of policy's decision on the message and from the line `message.considered`. KeyError
    when an earlier version wrote less."""
    requests = told["requests"]
    takeover = facts.get("takeover.signals")
    return Moment(
        at=datetime.fromisoformat(facts["now"]),
        language=told["language"],
        sentiment=told["sentiment"],
        urgency=told["urgency"],
        signals=told["signals"],
        risks=tuple(told["risks"]),
        kinds=tuple(one["kind"] for one in requests),
        procedures=tuple(one["procedure"] for one in requests if one["procedure"]),
        confidence=min((one["confidence"] for one in requests), default=1.0),
        wants_human=facts["signal.wants_human"],
        automatic=facts["signal.automatic"],
        turns=facts["talk.turns"],
        failed=facts["talk.failed"],
        repeats=facts["talk.repeats"],
        questions=facts["talk.questions"],
        known=facts["customer.known"],
        tier=facts.get("customer.tier"),
        flagged=facts.get("customer.flagged"),
        attested=facts["identity.attested"],
        takeover=None if takeover is None else len(takeover),
        channel=facts["channel"],
        stage=facts["stage"],
        office_open=facts.get("office.open"),
        holiday=facts.get("office.holiday"),
        missing=len(told["missing"]),
        joined=len(told["joined"]),
        former=told.get("former", 0),
    )
