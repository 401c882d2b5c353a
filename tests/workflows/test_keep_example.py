"""What an agent decided becomes an example without the letter around it, without names, and with secrets masked."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage.values import HEARD, NOW, RESOLUTION, SUGGESTION
from tests.workflows.values import VOICE

from deskhand.domain.example import Example, Judged
from deskhand.domain.phrases import PHRASES
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.domain.ticket import Requester
from deskhand.workflows.dress import dress
from deskhand.workflows.keep_example import example_of

BODY = "You were charged twice, Ada. The reference is {{ receipts.0.id }}."
LETTER = dress(BODY, "Ada King", VOICE, "en")


def suggestion(body: str = BODY, name: str = "Ada King") -> Suggestion:
    heard = replace(HEARD, requester=Requester(name, "Ada@Example.com", True))
    return replace(SUGGESTION, heard=heard, resolution=replace(RESOLUTION, reply=dress(body, name, VOICE, "en")))


def made(text: str, decision: SuggestionState = SuggestionState.EDITED, customer: str = "stripe:customer:1") -> Example:
    example = example_of(suggestion(), decision, text, customer=customer, now=NOW)
    assert example is not None
    return example


def test_an_edit_keeps_both_replies_without_greeting_signature_and_name_and_with_its_places() -> None:
    example = made(dress("Sorry, Ada King! It is {{ receipts.0.id }}.", "Ada King", VOICE, "en"))

    assert example.judged is Judged.EDITED
    assert example.suggested == "You were charged twice, [name]. The reference is {{ receipts.0.id }}."
    assert example.instead == "Sorry, [name] [name]! It is {{ receipts.0.id }}."
    assert (example.id, example.customer, example.message) == ("s1", "stripe:customer:1", HEARD.text)
    assert (example.procedures, example.language, example.at) == (("duplicate-charge",), "en", NOW)
    assert example.reason == ""


@pytest.mark.parametrize("text", ["", "No refunds today."])
def test_a_rejection_is_kept_with_its_reason_or_without_one(text: str) -> None:
    example = made(text, SuggestionState.REJECTED)

    assert (example.judged, example.instead, example.reason) == (Judged.REJECTED, "", text)


@pytest.mark.parametrize("decision", [SuggestionState.APPROVED, SuggestionState.EXPIRED])
def test_what_nobody_changed_teaches_nothing(decision: SuggestionState) -> None:
    assert example_of(suggestion(), decision, "", customer="", now=NOW) is None


@given(st.lists(st.sampled_from([" ", "\n", "\r\n", "\t", "\u00a0"]), min_size=1, max_size=3).map("".join))
def test_an_edit_of_white_space_only_teaches_nothing(space: str) -> None:
    text = space + LETTER.replace(" ", space) + space

    assert example_of(suggestion(), SuggestionState.EDITED, text, customer="", now=NOW) is None


def test_a_form_sends_other_line_ends_and_they_change_nothing() -> None:
    text = dress("Another text.\n\nIn two parts.", "Ada King", VOICE, "en")

    assert made(text.replace("\n", "\r\n")) == made(text)


def test_secrets_in_an_agents_words_are_masked() -> None:
    assert "4242" not in made("Your card 4242 4242 4242 4242 is fine.").instead
    assert "4242" not in made("card 4242 4242 4242 4242!", SuggestionState.REJECTED).reason


def test_how_one_customer_is_reached_is_not_shown_beside_anothers_message() -> None:
    own = "Is ana@example.com right, and +1 415 555 0132?"
    told = replace(suggestion(own), heard=replace(HEARD, text="write to [email 1] or bo@example.com"))
    for decision in (SuggestionState.EDITED, SuggestionState.REJECTED):
        example = example_of(told, decision, "No, bo@example.com.", customer="", now=NOW)
        assert example is not None
        assert example.message == "write to [email] or [email]"
        assert example.suggested == "Is [email] right, and [phone]?"
        assert "No, [email]." in (example.instead, example.reason)


def test_without_a_known_customer_it_belongs_to_the_address() -> None:
    assert made("x", customer="").customer == "email:address:ada@example.com"


def test_a_line_that_greets_and_tells_something_is_kept() -> None:
    assert made("Hello. Your invoice is on its way.\nBye").instead == "Hello. Your invoice is on its way.\nBye"


@pytest.mark.parametrize("text", ["Hi " * 20_000, "hi" + " \n" * 20_000, "dear" + "," * 40_000, "[name]" * 9_000])
def test_hostile_repetitions_cost_no_time(text: str) -> None:
    began = time.perf_counter()
    example_of(suggestion(name="a " * 5_000 + "Ab" * 5_000), SuggestionState.EDITED, text, customer="", now=NOW)

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_the_greeting_of_any_language_is_left_out(language: str) -> None:
    letter = dress(BODY, "Ada King", VOICE, language)

    assert made(letter.replace("twice", "once")).instead.startswith("You were charged once, [name].")
