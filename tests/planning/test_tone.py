"""Small talk in new words passes, what binds in new words does not, and an earned deed may be told in other words."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.planning.fit_tone import EMBED, fitted
from tests.planning.test_grounding import FOUND, letter

from deskhand.infrastructure.brain import tone
from deskhand.infrastructure.brain.tone import Tones
from deskhand.planning.grounding import Sources, ungrounded

HEAR = Tones(EMBED)
TEXTS = ("I have refunded the payment to the same card; the reference is there.", "A trial lasts 14 days.")


def similarity(one: str, other: str) -> float:
    first, second = EMBED([one, other])
    return float(first @ second)


def stopped(said: str, *earned: str, texts: tuple[str, ...] = TEXTS) -> tuple[str, ...]:
    return ungrounded(letter(said), Sources((FOUND,), texts, frozenset(earned)), similarity, HEAR)


@pytest.mark.parametrize(
    "said",
    ["Blimey, what a palaver that must be!", "Toodle-oo and mind the gap."],
)
def test_small_talk_in_words_that_no_list_has_passes(said: str) -> None:
    assert stopped(said) == ()
    assert ungrounded(letter(said), Sources((FOUND,), TEXTS, frozenset()), similarity) != ()


@pytest.mark.parametrize(
    "said",
    [
        "I had a technician rewire your account.",
        "Our contract says that we must let you off.",
    ],
)
def test_what_binds_the_company_in_words_that_no_pattern_has_is_stopped(said: str) -> None:
    assert stopped(said) != ()


@pytest.mark.parametrize(
    "said", ["Ah, that happened to 9 others.", "Lovely, as Monica told you.", "Great, it costs $5!"]
)
def test_small_talk_with_something_in_it_that_can_be_checked_is_checked(said: str) -> None:
    assert stopped(said) != ()


def test_an_earned_deed_may_be_told_in_words_of_its_own_with_a_value_of_it() -> None:
    said = "I have squared the payment of $29.00 back to your card."

    assert stopped(said, "refunded") == ()
    assert any(fault.startswith("deed") for fault in stopped(said))
    assert any(fault.startswith("deed") for fault in stopped("I have squared things for you.", "refunded"))
    assert any(fault.startswith("deed") for fault in stopped("I have deleted the payment of $29.00.", "refunded"))


def test_the_weights_that_are_kept_are_those_that_the_wordings_give() -> None:
    kept = json.loads(Path(tone.__file__).with_name("tone.json").read_text("utf-8"))

    for part, row in zip(tone.PARTS, fitted(), strict=True):
        assert np.abs(np.array(kept[part]) - row).max() < 0.01
