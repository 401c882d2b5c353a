"""What a message means: its language, what is asked for, and in what mood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a request is: work for a procedure, a question for the articles, small talk, or none of these."""

    PROCEDURE = "procedure"
    QUESTION = "question"
    UNSURE = "unsure"
    SMALL_TALK = "small_talk"
    UNFORESEEN = "unforeseen"


class Sentiment(StrEnum):
    CALM = "calm"
    FRUSTRATED = "frustrated"
    ANGRY = "angry"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True)
class Request:
    """One thing the customer wants. `quote` occurs in the message, letter for letter.

    `procedure` is set when `kind` is PROCEDURE; `candidates` are the likeliest procedures with their probability,
    best first; `slots` holds what the customer named (amount, date, order number, e-mail), each as written there.
    `english` is the wish in one English sentence, when somebody has put it so.
    """

    quote: str
    kind: Kind
    procedure: str | None
    confidence: float
    candidates: tuple[tuple[str, float], ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    english: str = ""


@dataclass(frozen=True)
class Risk:
    """A subject that a person must see: legal, safety, self_harm, fraud, privacy, press. `quote` shows why."""

    topic: str
    quote: str


class Sign(StrEnum):
    """What a message may give away beside its requests. RISING: frustrated again, or more than the message before;
    REPEATED: not the first time that they write about it."""

    FRUSTRATION = "frustration"
    RISING = "rising"
    URGENCY = "urgency"
    CHURN = "churn"
    REPEATED = "repeated"
    PERSON = "person"


@dataclass(frozen=True)
class Signal:
    """A sign, how strongly it shows (0 to 1, believed from 0.5), and the words of the message that show it."""

    sign: Sign
    strength: float
    quote: str


@dataclass(frozen=True)
class Understanding:
    """An opinion about one message. `language` is an ISO 639-1 code, or "und" when it cannot be told, and
    `language_confidence` how sure that is, 0 to 1. `signals` has one of each sign at most.

    Those from `says_yes` to `automatic` are told by fixed lists, never by a model. `says_yes`, `says_no`: it says that
    and nothing else; a yes permits an action, so `workflows/hear.py` reads it anew, whatever the opinion says.
    `corrects`: it takes back what was understood before; `automatic`: a machine wrote it.

    `router` is the version of the examples that found the procedures, empty when a model did; `taught`: without what
    agents said of former messages the requests would have been others.
    """

    language: str
    requests: tuple[Request, ...]
    sentiment: Sentiment
    urgency: Urgency
    risks: tuple[Risk, ...]
    wants_human: bool
    says_yes: bool = False
    says_no: bool = False
    corrects: bool = False
    automatic: bool = False
    signals: tuple[Signal, ...] = ()
    language_confidence: float = 1.0
    router: str = ""
    taught: bool = False

    def signal(self, sign: Sign) -> Signal | None:
        """This one, if the message shows it."""
        return next((one for one in self.signals if one.sign is sign), None)
