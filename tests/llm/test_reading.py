"""A model's opinion of a message: quotes and slots are looked for, and fixed rules stand whatever it says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.llm.desks import IN_JSON, Log, Twin
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.thread import NOTHING_SAID, Said, Thread
from deskhand.domain.ticket import Author
from deskhand.domain.understanding import Kind, Sentiment, Understanding, Urgency
from deskhand.infrastructure.llm.twin_answers import Answer

WISH = {"quote": TWICE, "english": TWICE, "kind": "procedure", "procedure": "duplicate-charge", "sure": "sure"}
READING = {"language": "en", "requests": [WISH], "sentiment": "calm", "urgency": "normal"}
EARLIER = Thread((Said(Author.CUSTOMER, "My order is LM-4711.", datetime(2026, 1, 2, tzinfo=UTC)),))
Reads = Callable[..., Understanding]


@pytest.fixture(scope="module")
def mode() -> str:
    return IN_JSON


@pytest.fixture
def read(at_work: Lumen, twin: Twin) -> Iterator[Reads]:
    """What the desk's reader makes of a message when its model says this, again and again."""

    def read(message: str, reading: dict[str, Any], thread: Thread = NOTHING_SAID) -> Understanding:
        twin.model.think = lambda body: Answer("reading", READING | reading)
        return at_work.installation.desk.reader.read(message, thread, Log())

    yield read
    read(TWICE, {})  # an answer of use: of useless ones only, the model would come to rest


def wish(message: str, **changes: object) -> dict[str, Any]:
    return {"requests": [WISH | {"quote": message} | changes]}


def test_what_the_model_says_is_what_is_understood(read: Reads) -> None:
    quote = "you billed me two times"
    found = read(f"Hi. {quote} this month", wish(quote) | {"sentiment": "angry", "urgency": "urgent"})
    (request,) = found.requests
    assert (request.quote, request.kind, request.procedure) == (quote, Kind.PROCEDURE, "duplicate-charge")
    assert (found.language, found.sentiment, found.urgency) == ("en", Sentiment.ANGRY, Urgency.URGENT)


def test_a_quote_comes_back_letter_for_letter_as_the_customer_wrote_it(read: Reads) -> None:
    found = read("Hey,\nI was   Charged\u2019 TWICE!!", wish("i was charged' twice"))
    assert found.requests[0].quote == "I was   Charged\u2019 TWICE"


@pytest.mark.parametrize(
    "reading",
    [
        wish("my card was stolen"),
        wish(TWICE, procedure="pay-me-a-million"),
        wish(TWICE) | {"risks": [{"topic": "legal", "quote": "my lawyer will write"}]},
        wish(TWICE) | {"language": "English"},
        {"requests": []},
        wish(TWICE) | {"says_yes": True},
    ],
)
def test_what_is_invented_is_told_back_and_then_the_built_in_opinion_stands(
    read: Reads, twin: Twin, reading: dict[str, Any]
) -> None:
    found = read(TWICE, reading | {"sentiment": "angry"})
    assert twin.asked == 3
    assert found.sentiment is Sentiment.CALM
    assert [one.procedure for one in found.requests] == ["duplicate-charge"]
    assert found.risks == ()


def test_a_slot_that_stands_nowhere_is_dropped_and_one_from_earlier_is_kept(read: Reads) -> None:
    slots = {"amount": "29.00", "order_number": "LM-4711", "email": "x@evil.example"}
    found = read("I was charged 29.00 twice", wish("charged 29.00 twice", slots=slots), EARLIER)
    assert dict(found.requests[0].slots) == {"amount": "29.00", "order_number": "LM-4711"}


def test_risks_and_a_wish_for_a_person_stand_whatever_the_model_leaves_out(read: Reads) -> None:
    message = "Let me talk to a human being. My lawyer will sue you over this double charge."
    found = read(message, wish("double charge"))
    assert "legal" in {risk.topic for risk in found.risks}
    assert found.wants_human


def test_a_model_may_add_a_risk_and_a_wish_for_a_person(read: Reads) -> None:
    danger = {"topic": "press", "quote": "the papers"}
    found = read("I told the papers of it", wish("of it") | {"risks": [danger], "wants_person": True})
    assert [(risk.topic, risk.quote) for risk in found.risks] == [("press", "the papers")]
    assert found.wants_human


def test_signals_of_a_model_have_their_words_or_are_dropped(read: Reads) -> None:
    message = "the double charge makes me sad, we might go"
    signals = [{"sign": "churn", "quote": "we might go"}, {"sign": "repeated", "quote": "as I wrote"}]
    found = read(message, wish("double charge") | {"signals": signals})
    assert [(str(one.sign), one.quote) for one in found.signals] == [("churn", "we might go")]
    assert 0 < found.language_confidence <= 1


def test_a_mood_without_a_quote_has_the_words_of_a_cue(read: Reads) -> None:
    found = read("This double charge is ridiculous", wish("double charge") | {"sentiment": "frustrated"})
    assert [(str(one.sign), one.quote) for one in found.signals] == [("frustration", "ridiculous")]


def test_a_yes_or_no_is_never_the_models(read: Reads) -> None:
    assert read("yes", wish("yes", kind="other", procedure=None)).says_yes
    assert read("no", wish("no", kind="other", procedure=None)).says_no
    asked = read("the thing is blue", wish("the thing is blue", english="Yes, please do it.", kind="other"))
    assert not asked.says_yes
    assert not asked.says_no


def test_an_unsure_one_is_unsure_and_names_what_else_it_may_mean(read: Reads) -> None:
    (request,) = read(TWICE, wish(TWICE, sure="unsure")).requests
    assert (request.kind, request.procedure) == (Kind.UNSURE, None)
    assert request.candidates[0][0] == "duplicate-charge"
    assert len(request.candidates) > 1


def test_a_procedure_without_a_name_is_unforeseen(read: Reads) -> None:
    (request,) = read(TWICE, wish(TWICE, procedure=None)).requests
    assert (request.kind, request.procedure) == (Kind.UNFORESEEN, None)
