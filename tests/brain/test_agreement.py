"""A yes permits an action, so in doubt it is none: in every language, and in the language of the conversation."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.phrases import PHRASES
from deskhand.infrastructure.brain.agreement import says
from deskhand.infrastructure.brain.lists import agreements

LISTS, DOUBTFUL = agreements()
YES = {"cs": "Ano, prosím.", "da": "Ja tak!", "de": "Ja, bitte.", "en": "Yes please", "es": "Sí, por favor"}
YES |= {"fi": "Kyllä kiitos", "fr": "Oui, merci", "it": "Sì, grazie", "nl": "Ja graag", "pl": "Tak, proszę"}
YES |= {"pt": "Sim, por favor", "sv": "Ja tack"}
NO = {"cs": "Ne, děkuji", "da": "Nej tak", "de": "Nein, danke", "en": "No thanks", "es": "No, gracias"}
NO |= {"fi": "Ei kiitos", "fr": "Non merci", "it": "No, grazie", "nl": "Nee, dank u", "pl": "Nie, dziękuję"}
NO |= {"pt": "Não, obrigada", "sv": "Nej tack"}


def test_all_languages_that_we_speak_are_listed() -> None:
    assert set(LISTS) == set(PHRASES) == set(YES) == set(NO)


@pytest.mark.parametrize("language", sorted(LISTS))
def test_yes_and_no_are_understood_in_their_language_and_in_an_english_conversation(language: str) -> None:
    assert says(YES[language], language) is True
    assert says(NO[language], language) is False
    assert says(NO[language], "en") is False


def test_no_phrase_is_a_yes_in_one_language_and_a_no_in_another() -> None:
    for one, other in combinations(LISTS, 2):
        both = LISTS[one].keys() & LISTS[other].keys()
        assert {phrase for phrase in both if LISTS[one][phrase] != LISTS[other][phrase]} == set()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tak", "da"),  # thanks
        ("tak", "cs"),  # so
        ("tak", "en"),
        ("fine", "it"),  # the end
        ("ja", "pl"),  # I
        ("ja", "fi"),  # and
        ("jo", "fi"),  # already
        ("klar", "da"),  # ready
        ("prima", "it"),  # before
        ("fine", "und"),
    ],
)
def test_what_may_mean_something_else_in_this_conversation_is_no_yes(text: str, language: str) -> None:
    assert text in DOUBTFUL
    assert says(text, language) is None


@pytest.mark.parametrize(
    "text",
    [
        "yes but not yet",
        "yes, however make it 20",
        "yes?",
        "¿sí?",
        "yes, why?",
        "Yes!? ",
        "cancel it",
        "yes to the first",
        "yes and also my other plan",
        "ja, aber erst im Mai",
        "oui mais pas maintenant",
        "sí, pero mañana",
        "sì ma non oggi",
        "sim, mas só metade",
        "ja maar niet vandaag",
        "tak, ale jutro",
        "ja men vent lidt",
        "ja men inte idag",
        "kyllä mutta ei vielä",
        "ano, ale až zítra",
        "I never said yes",
        "yes yes yes yes yes yes yes",
        "please",
        "danke",
        "tack",
        "proszę",
        "",
    ],
)
def test_in_doubt_it_is_no_yes(text: str) -> None:
    assert all(says(text, language) is not True for language in (*LISTS, "und", "ja"))


BUTS = st.sampled_from(
    ["but", "only", "if", "aber", "mais", "pero", "ma", "mas", "maar", "ale", "men", "mutta", "not", "20"]
)


@given(st.sampled_from(sorted(LISTS)), st.data())
def test_a_yes_with_a_condition_behind_it_is_none(language: str, data: st.DataObject) -> None:
    yes = data.draw(st.sampled_from(sorted(phrase for phrase, means in LISTS[language].items() if means)))
    but = data.draw(BUTS)

    assert says(f"{yes} {but}", language) is not True
    assert says(f"{yes}, {but} later", language) is not True
    assert says(f"{yes}?", language) is None
