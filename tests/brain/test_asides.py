"""Corrections and machines are told by fixed cues."""

import pytest

from deskhand.infrastructure.brain.asides import automatic, corrects


@pytest.mark.parametrize(
    "text",
    [
        "no, the other one",
        "the other order",
        "not that one, the one from March",
        "I meant the second charge",
        "no, order 1234 instead",
        "No - invoice INV-2026-0017",
        "sorry, it was 29.00 USD",
        "actually order 5521",
        "that's the wrong subscription",
        "not 5521 but order 7788",
        "nein, die andere",
        "ich meinte die Rechnung vom 3. Mai",
        "non, l'autre",
        "no, me refería a la otra",
        "no, intendevo l'altra",
        "não, a outra",
        "nee, de andere",
        "nej, den anden",
        "nej, den andra",
        "nie, chodziło mi o drugą",
        "ei, tarkoitin toista",
        "ne, myslel jsem tu druhou",
    ],
)
def test_a_correction_is_one(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "no thanks",
        "no invoice arrived for October",
        "I was charged twice, one on the 3rd and the other one on the 5th",
        "not sure",
        "no, I am still waiting for it",
        "what do you mean by refund?",
        "where is my order 5521",
        "I would like a refund instead of a credit",
        "wrong password again",
        "yes",
        "",
        "no, " + "the story of my order 5521 is long " * 10,
    ],
)
def test_what_takes_nothing_back_is_no_correction(text: str) -> None:
    assert not corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "Automatic reply: your ticket",
        "Out of office\nI am away",
        "Thank you for your mail. I am out of the office until 3 May.",
        "This is an automated message, please do not reply to this email.",
        "Mail delivery failed: returning message to sender",
        "Automatische Antwort: Ich bin bis 3. Mai nicht im Büro",
        "Réponse automatique : je suis absente",
        "Respuesta automática",
        "Risposta automatica: sono fuori ufficio",
        "Resposta automática",
        "Automatisch antwoord",
        "Autosvar",
        "Automaattinen vastaus",
        "Automatyczna odpowiedź",
        "Automatická odpověď",
    ],
)
def test_a_machine_is_heard(text: str) -> None:
    assert automatic(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I set an automatic reply in Lumen?",
        "the export was generated automatically and is wrong",
        "my colleague is out, can you unlock his account",
        "why is there no reply to my ticket",
        "automatic renewal should be off",
        "",
    ],
)
def test_people_who_speak_of_machines_are_people(text: str) -> None:
    assert not automatic(text)


@pytest.mark.parametrize("unit", ["no, ", "not ", "not a ", "the other ", "i am ", "ich bin ", "- ", "a", "no\n"])
def test_a_text_made_to_be_slow_is_heard_all_the_same(unit: str) -> None:
    text = unit * (20_000 // len(unit))

    assert corrects(text) in (True, False)
    assert automatic(text) in (True, False)
    assert corrects(text[:100]) in (True, False)
