"""How a customer is asked how satisfied they are: in every language of the letters, and with nothing missing."""

from dataclasses import asdict

import pytest

from deskhand.domain.phrases import PHRASES as SPOKEN
from deskhand.domain.survey import name_of, named
from deskhand.domain.survey_phrases import PHRASES, survey_phrases_in


def test_there_are_words_in_every_language_of_the_letters() -> None:
    assert set(PHRASES) == set(SPOKEN)


@pytest.mark.parametrize("language", list(PHRASES))
def test_nothing_is_missing_and_only_the_link_has_a_place(language: str) -> None:
    said = asdict(PHRASES[language])
    assert "https://x.example" in said.pop("ask").format(link="https://x.example")
    assert all(text.strip() and "{" not in text for text in said.values())


@pytest.mark.parametrize("language", [one for one in PHRASES if one != "en"])
def test_no_language_borrows_from_english(language: str) -> None:
    assert not set(asdict(PHRASES[language]).values()) & set(asdict(PHRASES["en"]).values())


def test_a_language_without_words_of_its_own_is_spoken_to_in_english() -> None:
    assert survey_phrases_in("und") == PHRASES["en"]


def test_the_name_of_a_question_names_its_ticket_and_stretch() -> None:
    assert named(name_of('zendesk:ticket:"7"', 3)) == ('zendesk:ticket:"7"', 3)
