"""Why policy gave a message to people: a word to count by, and the values and words that led to it."""

from collections.abc import Iterable, Mapping

from deskhand.domain.prediction import Prediction
from deskhand.domain.understanding import Sign, Understanding
from deskhand.escalation.quoting import quoted
from deskhand.policy.policy import Decision

CIRCLING = frozenset({"talk.turns", "talk.failed", "talk.repeats", "talk.questions", "signal.automatic"})
SHOWN_BY: Mapping[str, Sign] = {
    "signal.wants_human": Sign.PERSON,
    "signal.sentiment": Sign.FRUSTRATION,
    "signal.rising": Sign.RISING,
    "signal.urgency": Sign.URGENCY,
    "signal.churn_risk": Sign.CHURN,
    "signal.repeated": Sign.REPEATED,
}


def reason_of(decision: Decision) -> str:
    """In one word, by what the conditions of the rule that spoke look at."""
    looked_at = set(_values(decision))
    if "signal.wants_human" in looked_at:
        return "asked"
    if "talk.time_left" in looked_at:
        return "deadline"
    if "predicted.percent" in looked_at:
        return "predicted"
    return "loop" if looked_at & CIRCLING and "signal.rising" not in looked_at else "rule"


def what_led_to(decision: Decision, understanding: Understanding, predicted: Prediction | None = None) -> str:
    """The values that this rule looked at, the customer's words where a value is an impression of them, and what a
    prediction rests on."""
    told = [f"{name} is {value}{_words(name, understanding, predicted)}" for name, value in _values(decision).items()]
    return "; ".join(told) or "it holds for every message"


def told(subject: str, decision: Decision, why: str) -> str:
    """A verdict in one line: on what, which rule spoke, and the values that led to it."""
    return f"{subject}: {decision.verdict.effect} by {decision.verdict.rule}, because {why}"


def values_in_words(decision: Decision) -> str:
    """What the rule that spoke looked at."""
    return "; ".join(f"{name} is {value}" for name, value in _values(decision).items()) or "the rule names no condition"


def _values(decision: Decision) -> Mapping[str, str]:
    """Of the rule that spoke, by the name of the fact."""
    spoke = [line for line in decision.trace if line.rule == decision.verdict.rule]
    return {name: value for line in spoke for because in line.because for name, value in because.values.items()}


def _words(name: str, understanding: Understanding, predicted: Prediction | None) -> str:
    if name == "predicted.percent" and predicted:
        return f" ({', '.join(map(str, predicted.reasons))})"
    if name == "signal.risks":
        return _quoted(risk.quote for risk in understanding.risks)
    signal = understanding.signal(SHOWN_BY[name]) if name in SHOWN_BY else None
    return _quoted([signal.quote] if signal else ())


def _quoted(quotes: Iterable[str]) -> str:
    shown = [quoted(one) for one in quotes if one.strip()]
    return f" ({', '.join(dict.fromkeys(shown))})" if shown else ""
