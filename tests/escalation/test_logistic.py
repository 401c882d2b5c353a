"""The weights that are learnt: those that the data was made with, whatever units it is in."""

import math
import random

import pytest

from deskhand.infrastructure.logistic import fit
from deskhand.ports.fitting import Fitted

ROWS = 4000


def made(scale: float = 1.0, seed: int = 3) -> tuple[list[list[float]], list[bool], list[int]]:
    """Log-odds -1 + 2 a - 1.5 b; c says nothing and d never changes."""
    dice = random.Random(seed)
    rows, truth = [], []
    for _ in range(ROWS):
        a, b, c = float(dice.random() < 0.4), dice.random() * 2, dice.random()
        truth.append(dice.random() < 1 / (1 + math.exp(1 - 2 * a + 1.5 * b)))
        rows.append([scale * a, b, c, 7.0])
    return rows, truth, [place * 5 // ROWS for place in range(ROWS)]


def learnt(rows: list[list[float]], truth: list[bool], blocks: list[int]) -> Fitted:
    return fit(rows, truth, blocks, lambda done, of: None)


def test_the_weights_are_those_that_the_data_was_made_with() -> None:
    found = learnt(*made())

    assert found.weights == pytest.approx((2.0, -1.5, 0.0, 0.0), abs=0.25)
    assert found.weights[3] == 0.0
    assert found.offset == pytest.approx(-1.0, abs=0.25)
    assert found.slope == pytest.approx(1.0, abs=0.15)
    assert found.shift == pytest.approx(0.0, abs=0.15)


def test_the_unit_in_which_something_is_counted_does_not_matter() -> None:
    one, other = learnt(*made()), learnt(*made(scale=100.0))

    assert other.weights[0] == pytest.approx(one.weights[0] / 100, rel=1e-3)
    assert (other.weights[1], other.offset) == pytest.approx((one.weights[1], one.offset), abs=1e-5)


def test_a_sign_that_tells_everything_gets_a_large_weight_and_no_endless_one() -> None:
    rows = [[float(place % 2)] for place in range(200)]
    found = learnt(rows, [place % 2 == 1 for place in range(200)], [place * 5 // 200 for place in range(200)])

    assert 2.0 < found.weights[0] < 20.0
    assert math.isfinite(found.offset + found.slope + found.shift)


def test_steps_are_told_up_to_the_last() -> None:
    told: list[tuple[int, int]] = []
    fit(*made(), lambda done, of: told.append((done, of)))

    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]


def test_a_part_of_the_past_without_both_kinds_before_it_is_not_foreseen() -> None:
    rows, truth, blocks = made()
    early = [block == 0 and not one for block, one in zip(blocks, truth, strict=True)]
    kept = [place for place, drop in enumerate(early) if not drop]
    found = learnt([rows[one] for one in kept], [truth[one] for one in kept], [blocks[one] for one in kept])

    assert found.weights[0] > 1.0
