"""Intervals: against what is known of them, and by trying them out."""

from random import Random

import pytest

from deskhand.measurement.intervals import difference, ranked, ratings_needed
from deskhand.measurement.shares import share


@pytest.mark.parametrize(("satisfied", "needed"), [(0.72, 1266), (0.80, 1005), (0.90, 566)])
def test_as_many_ratings_are_needed_as_the_guide_says(satisfied: float, needed: int) -> None:
    assert abs(ratings_needed(satisfied) - needed) <= 1


def test_a_quantile_lies_between_its_bounds_nineteen_times_of_twenty() -> None:
    random, held = Random(1), 0
    for _ in range(400):
        values: dict[int, int] = {}
        for _ in range(150):
            one = random.randrange(1000)
            values[one] = values.get(one, 0) + 1
        found = ranked(values, 0.5)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 499 <= found.high
    assert 368 <= held <= 400


def test_a_handful_bounds_no_quantile() -> None:
    found = ranked({3: 1, 9: 1, 4: 1}, 0.95)
    assert (found.value, found.high) == (9, None)


def test_a_difference_is_newcombes_and_strata_that_cannot_be_compared_are_left_out() -> None:
    found = difference([(1.0, share(56, 70), share(48, 80)), (3.0, share(0, 0), share(1, 2))])
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert difference([(1.0, share(0, 0), share(1, 2))]) is None
