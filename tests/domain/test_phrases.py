"""Every language has every phrase, each fit to be said as it is."""

import re
from dataclasses import asdict

import pytest

from deskhand.domain.phrases import PHRASES, phrases_in

TWELVE = "cs da de en es fi fr it nl pl pt sv".split()
PLACES = {
    "hello": [{"first"}, {"full"}, set()],
    "which_of_two": [{"one", "other"}],
    "receipt": [{"link"}],
    "stop": [{"link"}],
}


def test_twelve_languages_are_spoken() -> None:
    assert sorted(PHRASES) == TWELVE


@pytest.mark.parametrize("language", TWELVE)
def test_each_phrase_is_whole_and_in_its_own_words(language: str) -> None:
    said = asdict(PHRASES[language])
    english = asdict(PHRASES["en"])

    for name, text in said.items():
        assert text == text.strip()
        assert set(re.findall(r"\{(\w+)\}", text)) in PLACES.get(name, [set()])
        assert re.search(r"[.?:,]$", text.removesuffix(" {link}"))
        assert language == "en" or text != english[name]
    assert said["which_of_two"].endswith("?")


def test_a_greeting_names_the_customer_as_the_language_does() -> None:
    assert phrases_in("en").greeting("Ada Smith") == "Hi Ada,"
    assert phrases_in("de").greeting("Ada  Smith") == "Guten Tag Ada Smith,"
    assert phrases_in("pl").greeting("Ada Smith") == "Dzień dobry,"
    assert phrases_in("sv").greeting("") == "Hej,"
    assert phrases_in("es").greeting("Ana {full}") == "Hola, Ana {full}:"


@pytest.mark.parametrize("language", ["und", "ja", "xx", ""])
def test_a_language_without_phrases_is_spoken_to_in_english(language: str) -> None:
    assert phrases_in(language) == PHRASES["en"]
