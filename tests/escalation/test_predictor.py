"""A probability with its reasons, and predictors that are kept, foreign or altered."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.escalation.prediction.moment import NO_PAST
from deskhand.escalation.prediction.predictor import Predictor, Unusable, predictor_from
from deskhand.escalation.prediction.rules import BY_RULES, POINTS, rules
from deskhand.escalation.prediction.signs import WORDS, in_words, known

NAMES = [*WORDS, "procedure:refund", "tier:enterprise", "channel:email", "language:de"]
SIGNS = st.dictionaries(st.sampled_from(NAMES), st.floats(0.0, 8.0))
NUMBERS = st.floats(-50.0, 50.0)
PREDICTORS = st.builds(
    Predictor,
    offset=NUMBERS,
    weights=st.dictionaries(st.sampled_from(NAMES), NUMBERS),
    slope=st.floats(0.0, 5.0),
    shift=NUMBERS,
)


@given(PREDICTORS, SIGNS)
def test_a_probability_lies_between_0_and_1_and_so_does_what_reasons_add(
    one: Predictor, signs: dict[str, float]
) -> None:
    made = one.predict(signs)

    assert 0.0 <= one.probability(signs) <= 1.0
    assert made.probability == pytest.approx(one.probability(signs), abs=1e-6)
    assert all(abs(reason.points) <= 1.0 for reason in made.reasons)


@given(SIGNS, st.sampled_from(NAMES), st.floats(0.0, 4.0))
def test_more_of_any_sign_never_lowers_what_the_rules_say(signs: dict[str, float], name: str, more: float) -> None:
    louder = {**signs, name: signs.get(name, 0.0) + more}

    assert BY_RULES.probability(louder) >= BY_RULES.probability(signs)


def test_every_point_of_the_rules_is_for_a_sign_that_is_computed() -> None:
    assert set(POINTS) <= set(WORDS)


def test_who_asks_for_a_person_is_likelier_to_end_with_one_than_not() -> None:
    assert BY_RULES.probability({}) == pytest.approx(0.1, abs=0.01)
    assert BY_RULES.probability({"wants_human": 1.0}) > 0.8
    assert BY_RULES.probability({"risk.legal": 1.0}) > 0.75


def test_the_three_strongest_reasons_are_told_in_words() -> None:
    one = Predictor(-2.0, {"angry": 1.2, "turns": 0.4, "missing": 0.1, "procedure:refund": -0.6})
    made = one.predict({"angry": 1.0, "turns": 2.0, "missing": 1.0, "procedure:refund": 1.0, "night": 1.0})

    told = [str(reason) for reason in made.reasons]
    assert told == ["angry (+0.22)", "third message on it (+0.16)", "about refund (-0.15)"]
    assert str(made) == f"38%: {'; '.join(told)}"


def test_the_rules_say_that_it_is_them_and_why() -> None:
    made = rules("only 57 tickets have ended, and it takes 200").predict({})

    assert str(made) == "10% by rules, because only 57 tickets have ended, and it takes 200: nothing stands out"


@given(st.sampled_from(NAMES), st.integers(1, 8))
def test_every_sign_has_words(name: str, value: int) -> None:
    assert in_words(name, float(value)).strip()
    assert "{" not in in_words(name, float(value))
    assert known(name)


@given(PREDICTORS)
def test_a_kept_predictor_comes_back_the_same(one: Predictor) -> None:
    assert predictor_from(json.loads(json.dumps(one.kept()))) == one


def kept(**changed: Any) -> dict[str, Any]:
    one = Predictor(-2.0, {"angry": 1.0, "tier:pro": 0.5}, trained={"tickets": 300})
    return {**json.loads(json.dumps(one.kept())), **changed}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"offset": -9.0}, "it was altered"),
        ({"weights": {"angry": 1.5, "tier:pro": 0.5}}, "it was altered"),
        ({"trained": {"tickets": 3000}}, "it was altered"),
        ({"version": "model-0"}, "it was altered"),
        ({"weights": {"shoe_size": 1.0}}, "signs that this version does not know: shoe_size"),
        ({"weights": {"tier:": 1.0}}, "signs that this version does not know: tier:"),
        ({"format": 2}, "it has the format 2, and this version reads 1"),
        ({"offset": float("nan")}, "numbers that are none"),
        ({"weights": None}, "it lacks what a predictor consists of"),
        ({"by": "oracle"}, "it calls itself 'oracle'"),
    ],
)
def test_what_is_altered_or_foreign_is_refused_and_told(changed: dict[str, Any], why: str) -> None:
    found = predictor_from(kept(**changed))

    assert isinstance(found, Unusable)
    assert why in found.why
    assert isinstance(predictor_from({}), Unusable)


def test_the_version_is_that_of_the_whole_content() -> None:
    one = Predictor(-2.0, {"angry": 1.0})

    assert one.version == replace(one).version != replace(one, slope=0.9).version
    assert one.version.startswith("model-")


def test_nothing_before_is_no_sign() -> None:
    assert not any(vars(NO_PAST).values())
