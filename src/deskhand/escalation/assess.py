"""May the assistant answer this message at all? Policy decides the pseudo-action `turn`."""

from deskhand.domain.calendar import Calendar
from deskhand.domain.case import Case
from deskhand.domain.prediction import Prediction
from deskhand.domain.understanding import Kind, Sign, Understanding
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    CustomerFacts,
    IdentityFacts,
    PredictedFacts,
    SignalFacts,
    TakeoverFacts,
    TalkFacts,
    TicketFacts,
    TurnFacts,
    office_at,
    values_of,
)
from deskhand.policy.policy import Decision, Policy


def assess(
    case: Case,
    owner: str,
    talk: TalkFacts,
    understanding: Understanding,
    policy: Policy,
    calendar: Calendar | None = None,
    predicted: Prediction | None = None,
) -> Decision:
    """Policy's decision on `turn`: allow goes on, approve drafts, escalate hands over, deny keeps silent."""
    facts = TurnFacts(
        now=case.now,
        stage=str(case.stage),
        channel=case.channel,
        actor="assistant",
        ticket=TicketFacts(owner, str(case.customer or ""), case.verified),
        customer=CustomerFacts(case.customer is not None, case.tier, case.flagged),
        talk=talk,
        signal=SignalFacts(
            wants_human=understanding.wants_human,
            sentiment=str(understanding.sentiment),
            urgency=str(understanding.urgency),
            language=understanding.language,
            risks=[risk.topic for risk in understanding.risks],
            automatic=understanding.automatic,
            churn_risk=understanding.signal(Sign.CHURN) is not None,
            repeated=understanding.signal(Sign.REPEATED) is not None,
            rising=understanding.signal(Sign.RISING) is not None,
            confidence=_confidence(understanding),
        ),
        identity=IdentityFacts(case.verified, case.proven),
        takeover=TakeoverFacts(None if case.signals is None else sorted(case.signals)),
        office=office_at(calendar, case.now),
        predicted=_likely(predicted),
    )
    return decide(policy, "turn", values_of(facts))


def _likely(predicted: Prediction | None) -> PredictedFacts:
    if predicted is None:
        return PredictedFacts(None, learned=False)
    return PredictedFacts(int(100 * predicted.probability), learned=predicted.by == "model")


def _confidence(understanding: Understanding) -> int:
    """Of the least sure request, in whole percent; small talk asks for nothing."""
    asked = [one.confidence for one in understanding.requests if one.kind is not Kind.SMALL_TALK]
    return int(100 * min(asked, default=1.0))
