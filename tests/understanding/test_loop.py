"""Circles are counted: the same said again, our own words coming back, questions that lead nowhere, machines."""

from datetime import UTC, datetime

import pytest

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Author
from deskhand.understanding.loop import machine, questions, repeats

AT = datetime(2026, 11, 3, tzinfo=UTC)
WHICH = "Hi Ada,\n\nWhich order is it? Please tell me its number.\n\nLumen Support"


def thread(*texts: str) -> Thread:
    """The customer's and our words by turns."""
    authors = (Author.CUSTOMER, Author.ASSISTANT)
    return Thread(tuple(Said(authors[n % 2], text, AT) for n, text in enumerate(texts)))


def test_a_conversation_that_goes_on_repeats_nothing() -> None:
    assert repeats(thread("where is my order", WHICH, "5521", "It is on its way."), "thank you, and the invoice?") == 0
    assert repeats(Thread(), "where is my order") == 0


def test_the_same_message_again_counts_each_time_it_came_before() -> None:
    once = thread("Where is my order?", WHICH)

    assert repeats(once, "where is my ORDER") == 1
    assert repeats(thread("Where is my order?", WHICH, "where is my order", "It is late."), "Where is my order??") == 2


def test_a_short_word_may_be_said_twice() -> None:
    assert repeats(thread("yes", "Shall I end it?", "yes", "Shall I really?"), "yes") == 0


def test_our_same_question_counts_from_the_second_time_on() -> None:
    assert repeats(thread("my order", WHICH), "the blue one") == 0
    assert repeats(thread("my order", WHICH, "the blue one", WHICH), "the big one") == 2
    assert repeats(thread("my order", WHICH, "5521", "It is late.", "and 77?", WHICH), "the big one") == 0


def test_our_own_words_coming_back_are_noticed() -> None:
    ours = thread("hello there all", WHICH)

    assert repeats(ours, "Dear Lumen,\nWhich order is it? Please tell me its number.") == 1
    assert repeats(ours, "You ask which order it is: the one that I placed on Monday, number 5521") == 0


@pytest.mark.parametrize(
    ("outcomes", "count"), [("", 0), ("asked", 1), ("asked asked answered asked", 2), ("resolved asked", 0)]
)
def test_questions_in_a_row_are_counted_from_the_last_one(outcomes: str, count: int) -> None:
    assert questions([Standing(RunOutcome(one), "en", "", ()) for one in outcomes.split()]) == count


@pytest.mark.parametrize(
    "email",
    [
        "no-reply@shop.example",
        "noreply@shop.example",
        "do_not_reply@shop.example",
        "shop-noreply@x.example",
        "MAILER-DAEMON@mx.example",
        "postmaster@mx.example",
        "bounce+1234@mail.example",
    ],
)
def test_an_address_that_nobody_reads_is_a_machine(email: str) -> None:
    assert machine(email)


@pytest.mark.parametrize("email", ["ada@example.com", "reply@shop.example", "norbert.eply@x.example", "", "a" * 5000])
def test_people_are_no_machines(email: str) -> None:
    assert not machine(email)
