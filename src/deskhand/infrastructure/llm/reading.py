"""A language model reads a message. Its opinion is checked word by word, and softens nothing that rules have found."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deskhand.domain.model_call import Purpose
from deskhand.domain.thread import Thread
from deskhand.domain.understanding import Kind, Request, Risk, Sentiment, Sign, Signal, Understanding, Urgency
from deskhand.infrastructure.brain.reader import BuiltInReader
from deskhand.infrastructure.llm.conversation import conversation
from deskhand.infrastructure.llm.fence import fenced
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.prompts import prompt
from deskhand.infrastructure.llm.question import NoAnswer, Question
from deskhand.infrastructure.llm.quotes import stands_in
from deskhand.ports.reasoning import CallLog
from deskhand.procedures.procedure import Procedure

LISTED = 300  # titles of procedures in the prompt; of more only the nearest
NEAREST = 100
CLOSEST = 8  # told with what they are about and an example
OTHERS = 3  # procedures that a doubtful request might mean
TOLD = 0.8  # how strongly a model's signal shows: it is not asked to weigh it
AGREED, ALONE = 0.95, 0.75  # confidence in the language when rules and model agree, and when they do not
SURE = {"sure": 0.95, "likely": 0.75, "unsure": 0.4}
Topic = Literal["legal", "safety", "self_harm", "fraud", "privacy", "press"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Slots(Strict):
    amount: str | None = None
    date: str | None = None
    email: str | None = None
    order_number: str | None = None


class Wish(Strict):
    """One thing the customer wants."""

    quote: str
    english: str = Field(max_length=300)
    kind: Literal["procedure", "question", "small_talk", "other"]
    procedure: str | None = None
    sure: Literal["sure", "likely", "unsure"] = "likely"
    slots: Slots = Slots()


class Danger(Strict):
    topic: Topic
    quote: str


class Shown(Strict):
    sign: Literal["frustration", "urgency", "churn", "repeated", "person"]
    quote: str


class Reading(Strict):
    """What the message means."""

    language: str = Field(pattern="^[a-z]{2}$")
    requests: list[Wish] = Field(min_length=1, max_length=8)
    sentiment: Literal["calm", "frustrated", "angry"]
    urgency: Literal["normal", "urgent"]
    risks: list[Danger] = []
    signals: list[Shown] = []
    wants_person: bool = False


class ModelReader:
    """Keeps `ports.reasoning.Reader`. `own` reads along: what its fixed rules find of risks, of a wish for a person and
    of a yes or no stands, and when no model answers its whole opinion does."""

    def __init__(self, adapter: Adapter, own: BuiltInReader, procedures: Sequence[Procedure]):
        self._adapter, self._own = adapter, own
        self._titles = {one.id: f"- {one.id}: {one.title}" for one in procedures}
        self._abouts = {one.id: f'{one.about} Such as: "{one.examples[0]}"' for one in procedures}
        self._digests = {one.id: f"{one.id}@{one.digest[:12]}" for one in procedures}
        self._system = prompt("read")
        if len(procedures) <= LISTED:
            self._system += f"\n\n{_catalogue(self._titles.values())}"

    def read(self, message: str, thread: Thread, calls: CallLog) -> Understanding:
        """See `ports.reasoning.Reader`."""
        question = Question(
            purpose=Purpose.READ,
            system=self._system,
            case=self._case(message, thread),
            answers=(Reading,),
            check=lambda answer: self._complaint(answer, message),
            procedures=tuple(self._digests.values()) if len(self._digests) <= LISTED else (),
        )
        try:
            reading = self._adapter.ask(question, calls)
        except NoAnswer:
            return self._own.read(message, thread)
        assert isinstance(reading, Reading)
        return self._merged(reading, self._own.rules(message, thread), message, thread)

    def _case(self, message: str, thread: Thread) -> str:
        near = self._own.near(message, NEAREST if len(self._titles) > LISTED else CLOSEST)
        listed = _catalogue(map(self._titles.__getitem__, near)) if len(near) > CLOSEST else ""
        closest = "\n".join(f"- {name}: {self._abouts[name]}" for name in near[:CLOSEST])
        parts = (listed, f"Those that look nearest:\n{closest}", conversation(thread), fenced("message", message))
        return "\n\n".join(part for part in parts if part)

    def _complaint(self, answer: BaseModel, message: str) -> str:
        assert isinstance(answer, Reading)
        wrong = [f"{one.procedure!r} is no procedure" for one in answer.requests if one.procedure not in self._known()]
        quotes = (*(one.quote for one in answer.requests), *(one.quote for one in answer.risks))
        wrong += [f"{quote[:80]!r} does not stand in the message" for quote in quotes if not stands_in(quote, message)]
        return "; ".join(wrong)

    def _known(self) -> frozenset[str | None]:
        return frozenset({*self._titles, None})

    def _merged(self, reading: Reading, own: Understanding, message: str, thread: Thread) -> Understanding:
        risks = [Risk(one.topic, stands_in(one.quote, message)) for one in reading.risks]
        told = {one.topic for one in own.risks}
        sure = reading.language == own.language
        return replace(
            own,
            language=reading.language,
            requests=tuple(self._request(one, message, thread) for one in reading.requests),
            sentiment=Sentiment(reading.sentiment),
            urgency=Urgency(reading.urgency),
            risks=(*own.risks, *(one for one in risks if one.topic not in told)),
            wants_human=own.wants_human or reading.wants_person,
            signals=self._signals(reading, own, message),
            language_confidence=max(own.language_confidence, AGREED) if sure else ALONE,
        )

    def _signals(self, reading: Reading, own: Understanding, message: str) -> tuple[Signal, ...]:
        """Those that fixed words show, then those that the model quotes; a mood without a quote has a cue for it."""
        heard = {Sign(one.sign): stands_in(one.quote, message) for one in reading.signals}
        moods = {Sign.FRUSTRATION: reading.sentiment != "calm", Sign.URGENCY: reading.urgency == "urgent"}
        for sign, so in moods.items():
            heard[sign] = (heard.get(sign) or self._own.cued(message, own, sign)) if so else ""
        heard[Sign.PERSON] = heard.get(Sign.PERSON, "") if reading.wants_person else ""
        told = {one.sign for one in own.signals}
        theirs = (Signal(sign, TOLD, quote) for sign, quote in heard.items() if quote and sign not in told)
        return (*own.signals, *theirs)

    def _request(self, wish: Wish, message: str, thread: Thread) -> Request:
        known = wish.procedure if wish.kind == "procedure" else None
        kind = Kind.UNFORESEEN if wish.kind in ("procedure", "other") else Kind(wish.kind)
        if known:
            kind = Kind.UNSURE if wish.sure == "unsure" else Kind.PROCEDURE
        return Request(
            quote=stands_in(wish.quote, message),
            kind=kind,
            procedure=known if kind is Kind.PROCEDURE else None,
            confidence=SURE[wish.sure],
            candidates=self._candidates(wish, known),
            slots=_said(wish.slots, message, thread),
            english=wish.english,
        )

    def _candidates(self, wish: Wish, known: str | None) -> tuple[tuple[str, float], ...]:
        """A sure one alone; for a doubt those that are near by their examples, too."""
        first = ((known, SURE[wish.sure]),) if known else ()
        if wish.sure == "sure" or wish.kind == "small_talk":
            return first
        others = [name for name in self._own.near(wish.english, OTHERS) if name != known]
        return (*first, *((name, SURE["unsure"] / 2) for name in others[: OTHERS - len(first)]))


def _catalogue(titles: Iterable[str]) -> str:
    return "\n".join(("Procedures:", *titles))


def _said(slots: Slots, message: str, thread: Thread) -> dict[str, str]:
    """What the customer really named: a value that stands in none of their messages was made up."""
    texts = (message, *(one.text for one in reversed(thread.said)))
    found = {}
    for name, value in slots.model_dump(exclude_none=True).items():
        if there := next((words for text in texts if (words := stands_in(value, text))), ""):
            found[name] = there
    return found
