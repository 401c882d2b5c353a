"""We stay below a vendor's limit, and know how a system fares from the answers it gives."""

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.http.pace import BURST, FLOW, Pace, Pacemaker
from deskhand.connectors.http.vitals import HOUR, Pulse
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Busy, Missing


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    st.integers(4, 50),
    st.sampled_from([1.0, 10.0, 60.0]),
    st.lists(st.floats(0, 5, allow_nan=False), min_size=1, max_size=200),
)
def test_no_span_of_time_holds_more_calls_than_the_vendor_allows(calls: int, seconds: float, gaps: list[float]) -> None:
    clock = Clock()
    pacemaker, left = Pacemaker(Pace(calls, seconds), clock), []
    for gap in gaps:
        clock.now += gap
        left.append(clock.now + pacemaker.next())

    assert left == sorted(left)
    for start in left:
        assert len([one for one in left if start <= one < start + seconds]) <= max(2, calls * (BURST + FLOW) + 1)


def test_few_calls_do_not_wait() -> None:
    pacemaker = Pacemaker(Pace(40, 60.0), Clock())
    assert [pacemaker.next() for _ in range(10)] == [0.0] * 10
    assert pacemaker.left == 0
    assert pacemaker.next() == pytest.approx(3.0)


def test_a_call_that_would_wait_too_long_is_not_made_and_says_when_to_come_back() -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        return httpx2.Response(200, json={})

    wire = Wire("https://vendor.example", transport=httpx2.MockTransport(answer), pace=Pace(8, 600.0), patience=1.0)
    for _ in range(2):
        wire.read("/a")
    with pytest.raises(Busy) as busy:
        wire.read("/a")

    assert asked == ["/a", "/a"]
    assert busy.value.after is not None
    assert busy.value.after > 1.0


def test_answers_tell_latency_clock_and_what_is_left() -> None:
    now, wall = Clock(), Clock()
    pulse = Pulse(now, wall)
    assert (pulse.vitals().calls, pulse.vitals().latency) == (0, None)

    wall.now = 784111777.0
    pulse.answered(0.25, {"date": "Sun, 06 Nov 1994 08:51:37 GMT", "x-ratelimit-remaining": "38"})
    pulse.answered(0.5, {})
    now.now += 9
    vitals = pulse.vitals()
    assert (vitals.calls, vitals.latency, vitals.heard, vitals.left) == (2, 0.5, 9.0, "38")
    assert vitals.clock == pytest.approx(120)


def test_errors_are_counted_for_an_hour() -> None:
    now = Clock()
    pulse = Pulse(now, now)
    pulse.failed("Down")
    now.now += HOUR / 2
    pulse.failed("Down")
    pulse.failed("Busy")
    assert pulse.vitals().errors == {"Down": 2, "Busy": 1}
    now.now += HOUR / 2 + 1
    assert pulse.vitals().errors == {"Down": 1, "Busy": 1}


def test_a_client_feels_the_pulse_of_its_system() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(404 if request.url.path == "/gone" else 200, json={})

    wire = Wire("https://vendor.example", transport=httpx2.MockTransport(answer))
    wire.read("/a")
    with pytest.raises(Missing):
        wire.read("/gone")

    vitals = wire.vitals()
    assert (vitals.calls, vitals.errors) == (2, {"Missing": 1})
    assert wire.breaker.resting == 0
