"""A message falls into the things it says, letter for letter, without politeness and quoted mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.infrastructure.brain.clauses import clauses, is_polite


def texts(message: str) -> list[str]:
    return [clause.text for clause in clauses(message)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I was charged twice and my export is stuck. Thanks!", ["I was charged twice", "my export is stuck."]),
        ("Hi team, I forgot my password, thank you!", ["I forgot my password"]),
        ("Cancel my plan. Also send the last invoice.", ["Cancel my plan.", "Also send the last invoice."]),
        ("track and trace please", ["track and trace please"]),
        ("the invoice for March and April", ["the invoice for March and April"]),
        ("- export stuck\n- two seats too many", ["- export stuck", "- two seats too many"]),
        ("I paid, can you send the receipt?", ["I paid, can you send the receipt?"]),
        ("My card was charged twice, can you send one back?", ["My card was charged twice", "can you send one back?"]),
        ("Dear support,\nwhere is my refund?\nBest regards,\nAnna", ["where is my refund?", "Anna"]),
        ("1) reset my password 2) my import hangs", ["reset my password", "2) my import hangs"]),
        ("I paid double + my login code is refused", ["I paid double", "my login code is refused"]),
        ("Two things: my export hangs. By the way, are you down?", ["my export hangs.", "are you down?"]),
        ("End my plan. P.S. where is my refund?", ["End my plan.", "where is my refund?"]),
        ("We want to pay yearly, what's our present price?", ["We want to pay yearly", "what's our present price?"]),
        ("I never bought a thing, what is it?", ["I never bought a thing, what is it?"]),
        ("Hello! Thanks a lot for your help. Have a nice day :)", []),
        ("", []),
    ],
)
def test_a_message_is_split_at_sentences_and_at_joints_between_clauses(message: str, expected: list[str]) -> None:
    assert texts(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("> where is my refund?\n\nNobody answered me, please look.", ["Nobody answered me, please look."]),
        ("Still broken, it seems.\n\nOn Mon, Jo wrote:\n> my export is stuck", ["Still broken, it seems."]),
        ("Please call back.\n-- \nJo Brandt\nBakery", ["Please call back."]),
        ("On Mon, Jo wrote:\n> my export is stuck\n\nIt still hangs today.", ["It still hangs today."]),
        ("> only a quote here", ["> only a quote here"]),
    ],
)
def test_what_others_wrote_is_left_out_while_the_writer_says_something(message: str, expected: list[str]) -> None:
    assert texts(message) == expected


@pytest.mark.parametrize(
    "text", ["hi", "Thanks so much!!", "ok great, thank you", "Good morning team", "👍", "", "bye :)"]
)
def test_greetings_and_thanks_are_polite(text: str) -> None:
    assert is_polite(text)


@pytest.mark.parametrize(
    "text", ["hi, refund", "no invoice", "thanks for nothing, cancel it", "help", "??", "higher plan"]
)
def test_whatever_asks_for_something_is_more_than_polite(text: str) -> None:
    assert not is_polite(text)


PARTS = st.sampled_from(
    [
        "Hi,",
        "thanks",
        "and",
        "also",
        "I was charged",
        "twice",
        ".",
        "!",
        "\n",
        "> ",
        "please",
        "can you",
        "--",
        "é",
        "\0",
        "😀",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PARTS, max_size=60).map(" ".join)))
def test_clauses_are_stretches_of_the_message_in_order(message: str) -> None:
    end = 0
    for clause in clauses(message):
        assert clause.text == message[clause.start : clause.end] != ""
        assert clause.start >= end
        end = clause.end
