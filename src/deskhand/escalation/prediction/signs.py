"""The signs that a prediction weighs: one pure function of a moment, the same for learning and for predicting.

Every sign is a number of which 0 means "nothing to note" and more means more of it. None holds words of people.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from deskhand.domain.understanding import Kind, Sentiment, Sign, Urgency
from deskhand.escalation.prediction.moment import Moment, Past

RISKS = ("legal", "safety", "self_harm", "fraud", "privacy", "press")
NUMBERED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
MOST = 8  # of anything that is counted: a ninth message says no more than an eighth
UNTOLD = "und"

Signs = Mapping[str, float]
Words = str | Callable[[float], str]


def _counted(one: str, many: str) -> Words:
    return lambda value: one if value == 1 else many.format(round(value))


WORDS: dict[str, Words] = {
    "angry": "angry",
    "frustrated": "frustrated",
    "urgent": "urgent",
    "signal.frustration": "words of frustration",
    "signal.rising": "more frustrated than before",
    "signal.urgency": "words of urgency",
    "signal.churn": "speaks of leaving",
    "signal.repeated": "writes about it again",
    "signal.person": "words for a person",
    "wants_human": "asks for a person",
    "automatic": "written by a machine",
    **{f"risk.{topic}": f"a matter of {topic.replace('_', ' ')}" for topic in RISKS},
    "risk.other": "a matter for a person",
    "language.unclear": "its language could not be told",
    "kind.question": "asks a question",
    "kind.unsure": "what it asks for is not clear",
    "kind.small_talk": "small talk",
    "kind.unforeseen": "asks for something no procedure covers",
    "kind.none": "asks for nothing that was understood",
    "doubt": "understood with doubt",
    "requests": lambda value: f"asks for {round(value) + 1} things",
    "turns": lambda value: f"{NUMBERED[round(value)]} message on it",
    "failed": _counted("an action failed on it", "{} actions failed on it"),
    "repeats": _counted("the same was said twice", "the same was said again {} times"),
    "questions": _counted("we only asked back", "we only asked back {} times"),
    "customer.unknown": "nobody knows who writes",
    "customer.unverified": "who writes is not verified",
    "customer.flagged": "the customer is flagged",
    "customer.joined": "records in several systems",
    "takeover": "signs of a taken-over account",
    "takeover.unknown": "a system that tells of taken-over accounts did not answer",
    "missing": _counted("a system did not answer", "{} systems did not answer"),
    "former": _counted("a former ticket", "{} former tickets"),
    "stage.read-only": "the assistant only reads here",
    "stage.assisted": "an agent releases what is written here",
    "office.closed": "the office is closed",
    "office.holiday": "a holiday",
    "night": "written at night (UTC)",
    "weekend": "written at a weekend",
    "past.questions": _counted("we asked back before", "we asked back {} times before"),
    "past.waits": _counted("it waited for an agent before", "it waited for agents {} times before"),
    "past.denied": _counted("something was not allowed before", "{} things were not allowed before"),
    "past.refusals": _counted("they said no to what we proposed", "they said no {} times to what we proposed"),
    "past.rewritten": _counted("an agent changed our words before", "agents changed our words {} times before"),
    "past.frustration": "frustrated before",
    "past.given_back": "people had it before",
    "past.angry": "angry before",
    "past.urgent": "urgent before",
    "past.churn": "spoke of leaving before",
    "past.repeated": "had to come back before",
    "past.person": "had words for a person before",
    "past.unsure": "what they asked for was not clear before",
    "past.unforeseen": "asked for something no procedure covers before",
    "past.doubt": "understood with doubt before",
    "past.missing": "a system did not answer before",
}
FAMILIES = {
    "procedure:": "about {}",
    "tier:": "tier {}",
    "channel:": "came by {}",
    "language:": "written in {}",
}


def known(sign: str) -> bool:
    """Whether this version computes a sign of that name."""
    return sign in WORDS or any(sign.startswith(family) and sign != family for family in FAMILIES)


def in_words(sign: str, value: float) -> str:
    """For people."""
    for family, words in FAMILIES.items():
        if sign.startswith(family):
            return words.format(sign.removeprefix(family))
    words_of = WORDS[sign]
    return words_of if isinstance(words_of, str) else words_of(value)


def signs_of(moment: Moment, past: Past) -> dict[str, float]:
    """Those that are there: a sign of value 0 is left out."""
    found = _said(moment) | _who(moment) | _when(moment) | _before(moment, past)
    return {name: round(value, 4) for name, value in found.items() if value}


def _said(moment: Moment) -> dict[str, float]:
    risks = {f"risk.{topic}" if topic in RISKS else "risk.other": 1.0 for topic in moment.risks}
    signals = {f"signal.{sign}": moment.signals.get(str(sign), 0.0) for sign in Sign}
    kinds = {
        f"kind.{kind}": float(kind in moment.kinds)
        for kind in (Kind.QUESTION, Kind.UNSURE, Kind.SMALL_TALK, Kind.UNFORESEEN)
    }
    return {
        "angry": float(moment.sentiment == Sentiment.ANGRY),
        "frustrated": float(moment.sentiment == Sentiment.FRUSTRATED),
        "urgent": float(moment.urgency == Urgency.URGENT),
        **signals,
        "wants_human": float(moment.wants_human),
        "automatic": float(moment.automatic),
        **risks,
        **_language(moment.language),
        **kinds,
        "kind.none": float(not moment.kinds),
        "doubt": 1.0 - moment.confidence,
        "requests": _count(len(moment.kinds) - 1),
        **{f"procedure:{name}": 1.0 for name in moment.procedures},
    }


def _language(language: str) -> dict[str, float]:
    return {"language.unclear": 1.0} if language == UNTOLD else {f"language:{language}": 1.0}


def _who(moment: Moment) -> dict[str, float]:
    return {
        "customer.unknown": float(not moment.known),
        "customer.unverified": float(moment.known and not moment.attested),
        "customer.flagged": float(bool(moment.flagged)),
        "customer.joined": float(moment.joined > 0),
        "takeover": float(bool(moment.takeover)),
        "takeover.unknown": float(moment.takeover is None),
        "missing": _count(moment.missing),
        "former": _count(moment.former),
        **({f"tier:{moment.tier}": 1.0} if moment.tier else {}),
        f"channel:{moment.channel}": 1.0,
    }


def _when(moment: Moment) -> dict[str, float]:
    return {
        "stage.read-only": float(moment.stage == "read-only"),
        "stage.assisted": float(moment.stage == "assisted"),
        "office.closed": float(moment.office_open is False),
        "office.holiday": float(bool(moment.holiday)),
        "night": float(_night(moment.at)),
        "weekend": float(moment.at.weekday() >= 5),
    }


def _night(at: datetime) -> bool:
    return at.hour >= 22 or at.hour < 6


def _before(moment: Moment, past: Past) -> dict[str, float]:
    return {
        "turns": _count(moment.turns - 1),
        "failed": _count(moment.failed),
        "repeats": _count(moment.repeats),
        "questions": _count(moment.questions),
        "past.questions": _count(past.questions),
        "past.waits": _count(past.waits),
        "past.denied": _count(past.denied),
        "past.refusals": _count(past.refusals),
        "past.rewritten": _count(past.rewritten),
        "past.frustration": past.frustration,
        "past.given_back": float(past.given_back),
        **{f"past.{name}": min(value, MOST) for name, value in past.shown.items()},
    }


def _count(number: int) -> float:
    return float(max(0, min(number, MOST)))
