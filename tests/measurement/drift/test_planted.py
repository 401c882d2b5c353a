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


def test_stable_weeks_bring_fewer_than_one_alarm_a_month() -> None:
    assert len(stable(3, 2, speed=0.4).alarms) < 2


def test_the_bound_of_a_rate_is_that_of_poisson() -> None:
    assert Stable(100, ()).bound == pytest.approx(0.02996, abs=1e-4)
