"""A message is read into requests whose quotes it holds, whatever it is made of."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brain.desk import ARTICLES, PROCEDURES
from tests.search.values import Letters, Shelved, shelved

from deskhand.domain.thread import Said, Thread
from deskhand.domain.ticket import Author
from deskhand.domain.understanding import Kind
from deskhand.infrastructure.brain.reader import BuiltInReader, background, floor_of, spelling_of
from deskhand.infrastructure.brain.spelling import Spelling
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate


def kinds(reader: BuiltInReader, message: str) -> list[tuple[Kind, str | None]]:
    return [(one.kind, one.procedure) for one in reader.read(message).requests]


def test_a_clear_request_is_work_for_its_procedure(reader: BuiltInReader) -> None:
    read = reader.read("Hi, I was charged twice on the 3rd of November, 29.00 USD each. Thanks!")

    assert [(one.kind, one.procedure) for one in read.requests] == [(Kind.PROCEDURE, "duplicate-charge")]
    assert read.requests[0].slots == {"date": "the 3rd of November", "amount": "29.00 USD"}
    assert (read.language, read.wants_human, read.risks) == ("en", False, ())


def test_two_requests_are_two_in_their_order(reader: BuiltInReader) -> None:
    message = "My export is stuck, and please send me the invoice for October again."

    assert kinds(reader, message) == [(Kind.PROCEDURE, "export-status"), (Kind.PROCEDURE, "resend-invoice")]


@pytest.mark.parametrize("message", ["what could be the reasons of a declined card", "why would an export get stuck"])
def test_who_asks_what_may_be_the_case_tells_of_none(reader: BuiltInReader, message: str) -> None:
    assert all(procedure is None for _, procedure in kinds(reader, message))


def test_what_to_do_about_a_request_is_not_another_one(reader: BuiltInReader) -> None:
    message = "I was charged twice this month. Please check that and refund one of the payments."

    assert kinds(reader, message) == [(Kind.PROCEDURE, "duplicate-charge")]


def test_circumstances_beside_a_request_are_left_out(reader: BuiltInReader) -> None:
    message = "We moved house last week. I have been a customer for six years. I forgot my password."

    assert kinds(reader, message) == [(Kind.PROCEDURE, "password-reset")]


def test_what_is_told_beside_a_request_and_probably_is_another_one_is_asked_about(reader: BuiltInReader) -> None:
    read = reader.read(
        "My sign-in is refused since yesterday. Also the invoice for October is missing, please resend it."
    )

    assert [one.procedure for one in read.requests if one.procedure] == ["resend-invoice"]
    assert [one.candidates[0][0] for one in read.requests if one.kind is Kind.UNSURE] == ["account-locked"]


def test_a_question_that_an_article_answers_is_a_question(reader: BuiltInReader) -> None:
    assert kinds(reader, "How do I connect Google Sheets?") == [(Kind.QUESTION, None)]
    assert kinds(reader, "how long does a refund usually take?") == [(Kind.QUESTION, None)]


def test_an_unforeseen_wish_beside_a_known_one_is_not_passed_over(reader: BuiltInReader) -> None:
    read = kinds(reader, "My account is locked. Could you also translate our website into Latin?")

    assert (Kind.PROCEDURE, "account-locked") in read
    assert (Kind.UNFORESEEN, None) in read


@pytest.mark.parametrize("message", ["Hello!", "thanks a lot :)", "Good morning team", "yes please", "??", "😡😡"])
def test_politeness_alone_is_small_talk(reader: BuiltInReader, message: str) -> None:
    assert kinds(reader, message) == [(Kind.SMALL_TALK, None)]


@pytest.mark.parametrize(
    "message", ["", " \n ", "write me a poem about the sea", "Mein Export hängt seit Stunden", "请问如何导出数据"]
)
def test_what_cannot_be_read_is_unforeseen_as_it_is(reader: BuiltInReader, message: str) -> None:
    requests = reader.read(message).requests

    assert [(one.kind, one.quote) for one in requests] == [(Kind.UNFORESEEN, message)]


def test_a_foreign_language_is_told_and_nothing_is_routed(reader: BuiltInReader) -> None:
    read = reader.read("Ich wurde für mein Abo zweimal belastet, bitte um Rückzahlung")

    assert read.language == "de"
    assert all(one.procedure is None for one in read.requests)


def test_a_word_alone_has_the_language_of_the_messages_before(reader: BuiltInReader) -> None:
    sent = datetime(2026, 11, 1, tzinfo=UTC)
    before = Said(Author.CUSTOMER, "Wo ist meine Rechnung für Oktober?", sent)

    assert reader.read("12345", Thread((before,))).language == "de"


def test_the_whole_understanding_is_filled(reader: BuiltInReader) -> None:
    read = reader.read("This is ridiculous!!! My lawyer will call. Get me a human, it is urgent.")

    assert read.wants_human
    assert [risk.topic for risk in read.risks] == ["legal"]
    assert (read.sentiment, read.urgency) == ("frustrated", "urgent")
    assert reader.read("No, thank you").says_no
    assert reader.read("Yes, go ahead").says_yes


def test_a_long_message_is_read_in_bounded_parts(reader: BuiltInReader) -> None:
    story = "My cousin has a bakery with four ovens. " * 400
    read = reader.read(f"I forgot my password. {story}")

    assert (Kind.PROCEDURE, "password-reset") in [(one.kind, one.procedure) for one in read.requests]


def test_the_floor_for_answers_comes_from_the_desk(index: Finder, embed: MiniLM, bare: Shelved) -> None:
    assert 0.40 <= floor_of(index.nearest(embed(background()))) <= 0.60
    assert floor_of(bare.finder.nearest(Letters()(background()))) == 0.50


def test_a_desk_with_nothing_in_it_reads_all_the_same(bare: Shelved) -> None:
    reader = BuiltInReader((), Letters(), bare.finder, spelling=spelling_of((), ()), cache=VectorCache())

    assert kinds(reader, "I was charged twice") == [(Kind.UNFORESEEN, None)]
    assert not np.isnan(reader.report.accuracy)


@pytest.fixture(scope="module")
def shallow(spelling: Spelling, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltInReader]:
    database = connect(f"sqlite:///{tmp_path_factory.mktemp('shallow')}/desk.sqlite")
    migrate(database)
    letters = Letters()
    desk = shelved(database, letters, spelling)
    desk.take_over(*ARTICLES)
    yield BuiltInReader(PROCEDURES, letters, desk.finder, spelling=spelling, cache=VectorCache(), floor=lambda: 0.9)
    database.dispose()


PIECES = st.sampled_from(
    [text for one in PROCEDURES for text in one.examples[:2]]
    + [
        "Hi,",
        "thanks!",
        ". ",
        "\n",
        "\n> ",
        " and ",
        "?",
        "\0",
        "\u202e",
        "שלום",
        "مرحبا",
        "👩‍👩‍👧",
        "\ud800",
        "$29",
        "---",
        "yes",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(st.characters(), max_size=300), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_is_read_and_every_quote_stands_in_it(shallow: BuiltInReader, message: str) -> None:
    read = shallow.read(message)

    assert read.requests
    assert all(one.quote in message for one in read.requests)
    assert all(risk.quote in message for risk in read.risks)
    assert all((one.procedure is not None) == (one.kind is Kind.PROCEDURE) for one in read.requests)
    assert all(value in message for one in read.requests for value in one.slots.values())
    assert re.fullmatch("[a-z]{2}|und", read.language)


@pytest.mark.parametrize(
    "unit",
    [
        "Hi:",
        "thanks ",
        " ",
        "\n",
        "a",
        ".",
        "no ",
        "aaaaaaaaa ",
        "on x wrote:\n",
        "> ",
        "1,111",
        "a@",
        "and i ",
        "[",
        "é",
        "thanks for your help ",
    ],
)
def test_a_message_made_to_be_slow_is_read_all_the_same(shallow: BuiltInReader, unit: str) -> None:
    """Each of these would take minutes or more if a pattern tried what it had tried before."""
    message = unit * (20_000 // len(unit)) + "?20"

    assert shallow.read(message).requests
