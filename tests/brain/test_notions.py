"""Customers' words and articles' words are compared by what they stand for."""

import pytest

from deskhand.infrastructure.brain.evidence import kind_of
from deskhand.infrastructure.brain.notions import formal, holds, named, notions


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("how many graphs", "Up to 40 charts fit."),
        ("my coworker", "Owners can invite people."),
        ("i want my money back", "When can I get a refund?"),
        ("the bill", "Where do I find my invoices?"),
        ("dashbord", "How do I make a dashboard?"),
    ],
)
def test_other_words_for_the_same_are_the_same(said: str, written: str) -> None:
    assert any(holds(named(written), one) for one in notions(said))


def test_what_is_not_spoken_of_is_not_held() -> None:
    (one,) = notions("airtable")

    assert not holds(named("How do I connect Google Sheets?"), one)


def test_courtesies_say_nothing_of_the_subject() -> None:
    assert notions("hi there, thanks a lot, could you please tell me") == ()


def test_a_question_is_put_in_the_words_of_articles() -> None:
    assert formal("max graphs on a board") == "limit chart on a dashboard"


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("how long does it take", "It takes 5 days.", 1),
        ("how long does it take", "It takes a while.", 0),
        ("how many keys can we have", "A workspace can have 10 keys.", 1),
        ("how many tabs can we have", "A workspace can have 10 keys.", 0),
        ("how much is it", "29.00 USD", 1),
        ("how much is it", "See the page with the prices.", 0),
        ("can I share it", "Yes.", 0.5),
    ],
)
def test_the_kind_of_answer_must_be_the_kind_that_is_asked_for(question: str, text: str, told: float) -> None:
    assert kind_of(question, text) == told
