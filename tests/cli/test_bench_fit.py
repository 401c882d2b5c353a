"""Lines through what was measured."""

import math

import pytest

from deskhand.entrypoints.cli.bench_fit import line, power
from deskhand.entrypoints.cli.bench_growth import Grown
from deskhand.entrypoints.cli.bench_steady import MANY, Look, told

SIZES = (10_000, 100_000, 1_000_000)


@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law_is_found(exponent: float) -> None:
    found = power(SIZES, [3 * size**exponent for size in SIZES])
    assert found.slope == pytest.approx(exponent)
    assert math.exp(found.start) == pytest.approx(3)
    assert found.error == pytest.approx(0, abs=1e-9)


def test_the_error_of_a_slope_is_that_of_a_worked_example() -> None:
    # x 1 to 4, y 1 3 2 5: Sxx 5, Sxy 5.5, rest 2.7, so 1.1 and sqrt(2.7 / 2 / 5).
    found = line([1, 2, 3, 4], [1, 3, 2, 5])
    assert found.start == pytest.approx(0)
    assert found.slope == pytest.approx(1.1)
    assert found.error == pytest.approx(math.sqrt(0.27))


@pytest.mark.parametrize(
    ("name", "exponent", "flagged"),
    [("start", 0.05, False), ("start", 0.2, True), ("verify", 1.05, False), ("verify", 1.2, True)],
)
def test_what_grows_faster_than_it_may_is_flagged(name: str, exponent: float, flagged: bool) -> None:
    costs = {size: float(size**exponent) for size in SIZES}
    assert Grown(name, costs, power(list(costs), list(costs.values()))).flagged is flagged


def test_what_caches_take_at_first_is_no_growth() -> None:
    caches = [Look(250 * place, 300 + 20 * place, 1000 * place, 500.0 * place) for place in range(1, 5)]
    after = [Look(250 * place, 380 + 0.01 * place, 4000 + 5 * place, 500.0 * place) for place in range(5, 9)]
    found = told([*caches, *after])
    assert found["rss_mb_per_100000"] == pytest.approx(0.01 / 250 * MANY)
    assert found["python_blocks_per_message"] == pytest.approx(5 / 250)
    assert found["database_kb_per_message"] == pytest.approx(2)
