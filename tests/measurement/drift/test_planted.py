"""A small form of `deskhand bench drift`: each kind of drift once at a large size, and stable weeks."""

import pytest

from deskhand.entrypoints.cli.drift_trial import KINDS, Learned, Stable, learned, stable

TICKETS, HOURS = 200, 24.0


@pytest.fixture(scope="module")
def desk() -> Learned:
    return learned(7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_drift_is_found_in_time_and_nothing_else_steps_back(desk: Learned, kind: str) -> None:
    found = desk.plant(kind, KINDS[kind][-1])
    assert found.tickets is not None
    assert found.hours is not None
    assert found.tickets <= TICKETS or found.hours <= HOURS
    assert found.elsewhere == 0


def test_a_stable_month_brings_no_alarm() -> None:
    assert not stable(3, 1, speed=0.3).alarms


def test_the_bound_of_a_rate_is_that_of_poisson() -> None:
    assert Stable(100, ()).bound == pytest.approx(0.02996, abs=1e-4)
