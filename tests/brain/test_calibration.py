"""A stated confidence is a probability: fitted where the truth is known, rising, and never certain on a handful."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from deskhand.infrastructure.brain.calibration import calibrated

SCORES = np.linspace(0.05, 0.95, 400)


def drawn(share: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Right as often as `share` says."""
    return np.asarray(np.random.default_rng(7).random(len(share)) < share)


@pytest.mark.parametrize("power", [0.3, 1.0, 3.0])
def test_scores_that_say_too_little_or_too_much_are_set_right(power: float) -> None:
    said = calibrated(SCORES, drawn(SCORES**power))(SCORES)

    assert np.abs(said - SCORES**power).max() < 0.15
    assert np.abs(said - SCORES**power).mean() < 0.06


def test_a_few_examples_make_nothing_certain() -> None:
    curve = calibrated(np.array([0.4, 0.6, 0.9]), np.array([True, True, True]))

    assert 0.5 < float(curve(np.array([0.99]))[0]) < 0.999


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_the_order_of_scores_is_kept_whatever_was_right(seen: list[tuple[float, bool]]) -> None:
    curve = calibrated(np.array([score for score, _ in seen]), np.array([right for _, right in seen], np.bool_))

    said = curve(np.linspace(0, 1, 50))
    assert np.isfinite(said).all()
    assert (np.diff(said) >= 0).all()
    assert 0 < said[0] <= said[-1] < 1
