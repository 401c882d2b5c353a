"""The breaker: when a system is left alone, and when it is asked again."""

import pytest

from deskhand.connectors.http.breaker import Breaker
from deskhand.domain.errors import ConnectorError, Down, Invalid, Resting


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker, error: ConnectorError) -> None:
    with pytest.raises(type(error)), breaker.watch():
        raise error


def opened(time: Time) -> Breaker:
    breaker = Breaker(limit=3, rest=30, clock=time)
    for _ in range(3):
        fail(breaker, Down("x"))
    return breaker


def test_failures_in_a_row_open_it() -> None:
    breaker = opened(Time())
    with pytest.raises(Resting), breaker.watch():
        pytest.fail("was asked")


def test_one_answer_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(limit=2, clock=Time())
    for _ in range(5):
        fail(breaker, Down("x"))
        with breaker.watch():
            pass


def test_a_refusal_is_an_answer() -> None:
    breaker = Breaker(limit=2, clock=Time())
    for _ in range(5):
        fail(breaker, Invalid("x"))
    with breaker.watch():
        pass


def test_after_its_rest_one_call_may_try() -> None:
    time = Time()
    breaker = opened(time)
    time.now = 31
    with breaker.watch(), pytest.raises(Resting), breaker.watch():
        pytest.fail("a second call was let through")
    with breaker.watch():
        pass


def test_a_failed_trial_begins_another_rest() -> None:
    time = Time()
    breaker = opened(time)
    time.now = 31
    fail(breaker, Down("x"))
    time.now = 60
    with pytest.raises(Resting), breaker.watch():
        pytest.fail("was asked")
    time.now = 62
    with breaker.watch():
        pass
