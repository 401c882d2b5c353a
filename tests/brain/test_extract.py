"""An answer is the article's own words, or there is none."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.brain.desk import TEXTS

from deskhand.domain.article import Article, Hit, Passage
from deskhand.infrastructure.brain.extract import answer, gather
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.search.passages import passages


def hit(text: str, cosine: float = 0.8, source: str = "a", title: str = "Title", heading: str = "") -> Hit:
    return Hit(Passage(source, title, heading, text, ""), cosine, cosine)


def test_a_question_is_answered_with_a_quote_of_the_article(index: Finder) -> None:
    question = "how long until a refund arrives"
    found = answer(question, index.search(question))

    assert found is not None
    text, citations = found
    assert {citation.source for citation in citations} == {"refund-times"}
    assert all(citation.quote in TEXTS["refund-times"][1] for citation in citations)
    assert "5 to 10 business days" in text


def test_steps_are_quoted_as_a_whole_and_without_marks_in_the_reply(index: Finder) -> None:
    found = answer("how do I connect a google sheet", index.search("how do I connect a google sheet"))

    assert found is not None
    text, (citation,) = found
    assert [f"{number}." in text for number in (1, 2, 3)] == [True] * 3
    assert citation.quote in TEXTS["google-sheets"][1]
    assert "**" not in text
    assert "See also time zones." in text


@pytest.mark.parametrize(
    "question",
    [
        "How do I connect Salesforce?",
        "does it work with salesforce",
        "How much does the Platinum plan cost?",
        "Is version 47 of Firefox supported?",
        "do you have a branch in Lisbon",
    ],
)
def test_what_the_question_names_must_stand_in_the_passage(index: Finder, question: str) -> None:
    assert answer(question, index.search(question)) is None


def test_nothing_near_means_no_answer() -> None:
    assert answer("how long", [hit("It takes two days.", cosine=0.3)]) is None
    assert answer("how long", []) is None


def test_a_name_that_all_passages_hold_needs_no_proof() -> None:
    others = [hit("Acme has it.", 0.6, str(number)) for number in range(3)]
    found = answer("How do I change the mail address in Acme?", [hit("Open your profile.", 0.8), *others])

    assert found is not None
    assert "Acme" in found[0] or found[0] == "Open your profile."


def test_the_opening_of_an_article_is_preferred_to_a_section_that_is_hardly_nearer() -> None:
    later = hit("Then it is gone for good.", 0.82, heading="After that")
    opening = hit("Yes, for 30 days.", 0.79)

    assert answer("can I restore it", [later, opening]) == answer("can I restore it", [opening])


def test_of_a_long_passage_the_sentences_that_are_asked_for_are_quoted() -> None:
    filler = "The office has green walls and a large garden with apple trees. " * 12
    found = answer("how long is the trial", [hit(f"{filler}The trial lasts 14 days.\n\n{filler}")])

    assert found is not None
    assert "The trial lasts 14 days." in found[0]
    assert len(found[0].split()) <= 90


SENTENCES = st.sampled_from(
    [
        "It takes 5 days.",
        "Open **Settings**:",
        "\n1. One\n",
        "\n2. Two\n",
        "\n\n",
        "See [here](x.md).",
        "| a | b |",
        "word " * 40,
    ]
)


@given(st.lists(SENTENCES, min_size=1, max_size=15).map(" ".join), st.sampled_from(["how long", "open settings", ""]))
def test_every_quote_stands_in_its_article_letter_for_letter(text: str, question: str) -> None:
    article = Article("a", "A", text, "public", datetime(2026, 11, 1, tzinfo=UTC), "")
    hits: Sequence[Hit] = [Hit(one, 0.9, 0.9) for one in passages(article)]
    found = answer(question, hits)

    assert (found is None) == (not hits)
    assert found is None or all(citation.quote and citation.quote in text for citation in found[1])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many seats come with Team", "On Team an extra seat costs 8.00 USD a month."),
        (
            "how many workspaces may one person own",
            "So 2 people can work in a Starter workspace, and 10 in a Team one.",
        ),
        ("how many public links can we open", "A dashboard has one public link. A workspace can have 10 keys."),
    ],
)
def test_a_price_or_the_number_of_something_else_is_no_answer_to_how_many(question: str, text: str) -> None:
    assert answer(question, [hit(text)]) is None


def test_a_number_beside_what_is_counted_answers_how_many() -> None:
    found = answer("how many seats come with Team", [hit("Starter has 2 seats, and on Team there are 10 seats.")])
    assert found is not None


def test_before_a_section_stands_the_opening_of_its_article() -> None:
    section = hit("The switch takes effect at the end of the year.", 0.9, heading="From yearly to monthly")
    found = answer("yearly to monthly", [section, hit("Yes. The owner can switch under Plan.", 0.6)])

    assert found is not None
    assert found[0].startswith("Yes. The owner can switch")
    assert found[0].endswith("the end of the year.")


def test_an_article_answers_when_it_leads_and_not_when_another_one_is_nearer() -> None:
    question = "how do I export the board that the accountant sees"
    own = hit("Choose Export to export the board.", 0.55, "export", "Exporting a board")

    clear = [own, *(hit("Invite people under People.", 0.35, str(number), "People") for number in range(4))]
    found = answer(question, clear)
    assert found is not None
    assert found[1][0].source == "export"

    doubtful = [own, *(hit("Invite people under People.", 0.69, str(number), "People") for number in range(4))]
    assert answer(question, doubtful) is None


def test_a_second_section_of_the_article_is_quoted_where_both_are_short() -> None:
    sections = [
        hit("Choose Export to export the board.", 0.8, heading="Export a board"),
        hit("The export of a board is valid for 7 days.", 0.79, heading="The link"),
        hit("The export of another board. " * 40, 0.78, heading="All the rest"),
    ]
    found = answer("how do I export the board", sections)

    assert found is not None
    assert len(found[1]) == 2
    assert "valid for 7 days" in found[0]


def test_a_question_in_the_words_of_articles_is_searched_for_once() -> None:
    asked: list[str] = []

    def search(words: str) -> Sequence[Hit]:
        asked.append(words)
        return ()

    gather("Can I restore a dashboard?", search)
    assert asked == ["Can I restore a dashboard?"]
    gather("Can I restore a board?", search)
    assert asked[1:] == ["Can I restore a board?", "can i restore a dashboard"]
