"""May the assistant answer this message at all? Policy decides the pseudo-action `turn`."""

from deskhand.domain.calendar import Calendar
from deskhand.domain.case import Case
from deskhand.domain.understanding import Sign, Understanding
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    CustomerFacts,
    IdentityFacts,
    SignalFacts,
    TakeoverFacts,
    TalkFacts,
    TicketFacts,
    TurnFacts,
    office_at,
    values_of,
)
from deskhand.policy.policy import Decision, Policy

CIRCLING = frozenset({"talk.turns", "talk.failed", "talk.repeats", "talk.questions", "signal.automatic"})


def assess(
    case: Case,
    owner: str,
    talk: TalkFacts,
    understanding: Understanding,
    policy: Policy,
    calendar: Calendar | None = None,
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
        ),
        identity=IdentityFacts(case.verified, case.proven),
        takeover=TakeoverFacts(None if case.signals is None else sorted(case.signals)),
        office=office_at(calendar, case.now),
    )
    return decide(policy, "turn", values_of(facts))


def reason_of(decision: Decision) -> str:
    """In one word, why the rule that spoke gives the message to people: by what its conditions look at."""
    spoke = [line for line in decision.trace if line.rule == decision.verdict.rule]
    looked_at = {name for line in spoke for because in line.because for name in because.values}
    if "signal.wants_human" in looked_at:
        return "asked"
    return "loop" if looked_at & CIRCLING else "rule"
