"""WordPiece cuts as BERT does, and nothing a customer types stops it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.infrastructure.search.wordpiece import WordPiece, vocabulary, words

tokens = WordPiece()
pieces = {number: piece for piece, number in vocabulary().items()}


def cut(text: str) -> list[str]:
    return [pieces[number] for number in tokens(text)[1:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café, naïve!", ["cafe", ",", "naive", "!"]),
        ("注文5521", ["注", "文", "5521"]),
        ("$29+tax<br>", ["$", "29", "+", "tax", "<", "br", ">"]),
        ("a\u200bb\0c\ufffd", ["abc"]),
        ("tab\tand\u00a0space", ["tab", "and", "space"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_are_lower_case_without_accents_and_marks_stand_alone(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_an_unknown_word_is_cut_into_its_longest_known_pieces() -> None:
    assert cut("Refundable??") == ["ref", "##unda", "##ble", "?", "?"]


def test_a_word_without_known_pieces_or_without_end_is_unknown_as_a_whole() -> None:
    assert cut("😀") == ["[UNK]"]
    assert cut("x" * 101) == ["[UNK]"]


def test_every_text_begins_and_ends_with_its_mark_and_is_never_too_long() -> None:
    assert tokens("refund " * 999)[0] == 101
    assert tokens("refund " * 999)[-1] == 102
    assert len(tokens("refund " * 999)) == 256


def test_the_vocabulary_is_the_one_the_model_was_trained_with() -> None:
    known = vocabulary()
    assert (len(known), known["[UNK]"], known["[CLS]"], known["the"], known["##s"]) == (30_522, 100, 101, 1996, 2015)


@given(st.text(st.characters(), max_size=400))
def test_any_text_gives_numbers_of_the_vocabulary(text: str) -> None:
    assert 2 <= len(tokens(text)) <= 256
    assert set(tokens(text)) <= pieces.keys()
