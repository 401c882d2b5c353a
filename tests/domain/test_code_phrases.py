"""What is said about codes: in each language with everything in its place."""

import pytest

from deskhand.domain.code_phrases import PHRASES, code_phrases_in, in_part

VALUES = {
    "address": "m***@example.com",
    "minutes": 10,
    "left": 3,
    "company": "Lumen",
    "code": "1234 5678",
    "about": "X",
}


@pytest.mark.parametrize("language", list(PHRASES))
def test_every_place_is_filled_and_nothing_is_missing(language: str) -> None:
    said = PHRASES[language]
    assert "m***@example.com" in said.sent.format(**VALUES)
    assert all("10" in text.format(**VALUES) for text in (said.sent, said.if_known, said.letter))
    assert "3" in said.wrong.format(**VALUES)
    assert all(part in said.letter.format(**VALUES) for part in ("1234 5678", "Lumen", "X"))
    assert "Lumen" in said.subject.format(**VALUES)
    assert "{" not in said.expired + said.too_many


def test_a_language_without_words_of_its_own_is_spoken_to_in_english() -> None:
    assert code_phrases_in("fi") == PHRASES["en"]


@pytest.mark.parametrize(
    ("address", "shown"), [("maya.chen@example.com", "m***@example.com"), ("a@b.example", "a***@b.example")]
)
def test_an_address_is_shown_in_part(address: str, shown: str) -> None:
    assert in_part(address) == shown
