"""Two versions are compared at every case, and a difference that is not there is seldom found."""

import random

from hypothesis import given
from hypothesis import strategies as st

from deskhand.rollout.sequential import compare


def drawn(rng: random.Random, a: float, b: float, pairs: int) -> list[tuple[str, bool]]:
    return [one for _ in range(pairs) for one in (("a", rng.random() < a), ("b", rng.random() < b))]


def test_looked_at_after_every_case_it_errs_in_fewer_than_alpha_of_runs() -> None:
    rng = random.Random(20260309)
    wrong = sum(compare(drawn(rng, 0.8, 0.8, 400), 0.05).differs for _ in range(400))
    assert wrong / 400 <= 0.05


def test_a_large_difference_is_found_and_the_better_version_named() -> None:
    rng = random.Random(20260310)
    found = [compare(drawn(rng, 0.6, 0.85, 400), 0.05).better for _ in range(50)]
    assert found.count("b") >= 48
    assert "a" not in found


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0, 1))
def test_a_factor_is_one_or_less_on_average_when_both_versions_are_alike(p: float, q: float, r: float) -> None:
    """The step of the proof in `compare`, counted out over the four ways a pair can end."""
    m = (p + q) / 2
    mean = sum(
        (r if one else 1 - r)
        * (r if other else 1 - r)
        * ((p if one else 1 - p) * (q if other else 1 - q))
        / ((m if one else 1 - m) * (m if other else 1 - m))
        for one in (True, False)
        for other in (True, False)
    )
    assert mean <= 1 + 1e-9


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=60))
def test_nothing_is_lost_and_only_pairs_are_compared(outcomes: list[tuple[str, bool]]) -> None:
    told = compare(outcomes, 0.05)
    assert told.a[1] + told.b[1] == len(outcomes)
    assert told.pairs == min(told.a[1], told.b[1])
    assert told.peak >= max(1.0, told.e)
