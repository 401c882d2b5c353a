"""Phrases in twelve languages: what is said, what is denied, what is only quoted, and how long it takes."""

import time

import pytest

from deskhand.infrastructure.brain.lists import phrases
from deskhand.infrastructure.brain.reader import LANGUAGES, LONGEST
from deskhand.infrastructure.brain.signs import TOPICS, Signs
from deskhand.infrastructure.brain.spotting import LISTS

MOMENT = 0.1  # seconds; what takes no longer may grow as it likes
UNITS = [
    *("not ", "i will ", '"sue you" ', '"', "> ", "\u201c", "switch to ", "switch to Globex ", "1 ", "1st time ", "!"),
    *(
        "cancel if ",
        "cancel a b c d ",
        "unless ",
        "still no answer ",
        "a-b'c-",
        "talk to to ",
        "we're .. ",
        "( - ",
        "\n",
    ),
    *(
        "speak to a ",
        "want to ",
        "no more with of the ",
        "someone has ",
        "delete all my ",
        "someone signed ",
        "  \t",
        "é",
    ),
]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Honestly, we are moving to Globex.", "churn", "moving to Globex"),
        ("WE ARE NOT RENEWING", "churn", "NOT RENEWING"),
        ("Cancel it, if this isn\u2019t fixed", "churn", "Cancel it, if this isn\u2019t"),
        ("hi\nthird time I write, no reply", "repeated", "third time I write"),
        ("Ich gehe zum Anwalt", "legal", "Anwalt"),
        ("je porte plainte demain", "legal", "porte plainte"),
    ],
)
def test_the_words_stand_in_the_message_letter_for_letter(text: str, kind: str, words: str) -> None:
    assert [text[start:end] for start, end in Signs(text, english=False).spans(kind)] == [words]


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("I do not want to take legal action", "legal", False),
        ("I won't pay, I will sue you", "legal", True),
        ("if you don't answer I take legal action", "legal", True),
        ("your page says \u201cwe take legal action\u201d, why?", "legal", False),
        ("> I will sue you\nwho wrote that?", "legal", False),
        ("ich klage nicht, ich frage nur", "legal", False),
        ("we are not looking for alternatives", "churn", False),
        ("nobody got hurt, but someone got hurt nearly", "safety", True),
    ],
)
def test_what_is_denied_or_only_quoted_is_not_said(text: str, kind: str, says: bool) -> None:
    assert bool(Signs(text, english=False).spans(kind, "risks")) is says


def test_every_language_has_every_sign() -> None:
    kinds = {"frustration", "anger", "urgency", "churn", "repeated", *TOPICS, *LISTS} - {"known_names"}
    english = {"anger", "self_harm", "privacy"}  # of these `cues.toml` has all

    assert set(phrases()) == set(LANGUAGES)
    assert {language: kinds - set(told) for language, told in phrases().items() if language != "en"} == {
        language: set() for language in LANGUAGES if language != "en"
    }
    assert kinds - set(phrases()["en"]) == english


def seconds(text: str) -> float:
    began = time.perf_counter()
    signs = Signs(text, english=False)
    _ = signs.risks, signs.signals, signs.spans("frustration", "mood"), signs.spans("urgency", "mood")
    return time.perf_counter() - began


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_repetition_takes_four_times_as_long(unit: str) -> None:
    text = (unit * LONGEST)[:LONGEST]
    for _ in range(5):  # others use this machine, too
        whole = seconds(text)
        if whole < MOMENT or whole < 8 * seconds(text[: LONGEST // 4]):
            return
    pytest.fail(f"{whole:.2f} s, and more than proportional")
