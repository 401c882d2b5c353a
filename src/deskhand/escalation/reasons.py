"""Why policy gave a message to people: a word to count by, and the values and words that led to it."""

from collections.abc import Iterable, Mapping

from deskhand.domain.prediction import Prediction
from deskhand.domain.understanding import Sign, Understanding
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
LONGEST = 80  # characters of a quote


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
    short = [" ".join(quote.split()) for quote in quotes]
    shown = [f'"{quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + chr(0x2026)}"' for quote in short if quote]
    return f" ({', '.join(dict.fromkeys(shown))})" if shown else ""
