"""Fixed points for each sign: what predicts while there is too little to learn from."""

from dataclasses import replace

from deskhand.domain.prediction import RULES
from deskhand.escalation.prediction.predictor import Predictor
from deskhand.escalation.prediction.signs import RISKS

UNTRAINED = "no model was trained yet"

# Log-odds: a point is a factor of about 2.7. Nothing speaks for the assistant here, so more signs never lower it.
# The start is one ticket in ten; asking for a person, or a matter of law or safety, is as good as certain.
START = -2.2
POINTS = {
    "wants_human": 4.0,
    "signal.person": 1.0,
    **{f"risk.{topic}": 3.5 for topic in RISKS},
    "risk.other": 3.0,
    "angry": 1.0,
    "frustrated": 0.5,
    "signal.frustration": 0.5,
    "signal.rising": 1.0,
    "signal.churn": 1.0,
    "signal.repeated": 0.8,
    "urgent": 0.3,
    "signal.urgency": 0.2,
    "kind.unforeseen": 1.2,
    "kind.unsure": 0.6,
    "kind.none": 0.4,
    "doubt": 1.0,
    "requests": 0.4,
    "language.unclear": 0.3,
    "turns": 0.3,
    "failed": 0.7,
    "repeats": 0.8,
    "questions": 0.5,
    "customer.unknown": 0.6,
    "customer.unverified": 0.3,
    "customer.flagged": 2.0,
    "customer.joined": 0.1,
    "takeover": 1.5,
    "takeover.unknown": 0.5,
    "missing": 0.8,
    "former": 0.1,
    "past.questions": 0.1,
    "past.waits": 0.3,
    "past.denied": 0.6,
    "past.refusals": 0.5,
    "past.rewritten": 0.6,
    "past.frustration": 0.4,
    "past.given_back": 0.8,
    "past.angry": 0.4,
    "past.churn": 0.4,
    "past.person": 0.4,
    "past.unforeseen": 0.3,
    "past.unsure": 0.2,
    "past.doubt": 0.2,
    "past.missing": 0.2,
}
BY_RULES = Predictor(offset=START, weights=POINTS, by=RULES, why=UNTRAINED)


def rules(why: str) -> Predictor:
    """The rules, which say why it is them."""
    return replace(BY_RULES, why=why)
