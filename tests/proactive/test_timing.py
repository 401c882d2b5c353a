"""When a message may go: quiet hours on every wall on earth, and who is held out, whatever the day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.calendar import DAY, Span
from deskhand.proactive.timing import held_out, quiet, quiet_until

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
]
# Among them the days on which clocks change, in both directions, and the day that Apia never had.
STARTS = [
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 10, 24, tzinfo=UTC),
    datetime(2026, 3, 7, tzinfo=UTC),
    datetime(2026, 10, 31, tzinfo=UTC),
    datetime(2011, 12, 29, tzinfo=UTC),
    datetime(2026, 7, 1, tzinfo=UTC),
]
moments = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds), st.sampled_from(STARTS), st.integers(0, 3 * 86400)
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
spans = st.builds(Span, st.integers(0, DAY - 1), st.integers(0, DAY - 1)).filter(lambda one: one.start != one.end)


@given(spans, zones, moments)
def test_a_message_waits_for_the_end_of_quiet_hours_and_no_longer(span: Span, zone: ZoneInfo, now: datetime) -> None:
    until = quiet_until(span, zone, now)
    if until is None:
        assert not quiet(span, zone, now)
        return
    assert until > now
    assert not quiet(span, zone, until)
    assert quiet(span, zone, until - timedelta(minutes=1)) or until - timedelta(minutes=1) <= now
    assert until - now <= timedelta(hours=26)


@given(spans, zones, moments)
def test_it_is_quiet_exactly_when_the_wall_says_so(span: Span, zone: ZoneInfo, now: datetime) -> None:
    wall = now.astimezone(zone)
    minute = wall.hour * 60 + wall.minute
    inside = span.start <= minute < span.end if span.start < span.end else minute >= span.start or minute < span.end

    assert quiet(span, zone, now) is inside


@given(spans, zones, moments, st.integers(0, 59))
def test_it_is_the_same_within_one_minute(span: Span, zone: ZoneInfo, now: datetime, second: int) -> None:
    assert quiet(span, zone, now.replace(second=0)) == quiet(span, zone, now.replace(second=second))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-29T00:30:00+00:00", "2026-03-29T06:00:00+00:00"),  # an hour is missing that night: 8 is 6 in UTC
        ("2026-03-28T00:30:00+00:00", "2026-03-28T07:00:00+00:00"),
        ("2026-10-25T00:30:00+00:00", "2026-10-25T07:00:00+00:00"),  # an hour comes twice
    ],
)
def test_the_morning_is_that_of_the_wall_when_clocks_change(now: str, until: str) -> None:
    berlin, night = ZoneInfo("Europe/Berlin"), Span.parse("21:00-08:00")

    assert quiet_until(night, berlin, datetime.fromisoformat(now)) == datetime.fromisoformat(until)


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
shares = st.floats(0, 1)


@given(words, words, shares, shares)
def test_whoever_is_held_out_is_so_at_every_larger_share(family: str, customer: str, one: float, other: float) -> None:
    small, large = sorted((one, other))

    assert held_out(family, customer, large) or not held_out(family, customer, small)


@given(words, words)
def test_nobody_is_held_out_of_nothing_and_everybody_of_all(family: str, customer: str) -> None:
    assert not held_out(family, customer, 0.0)
    assert held_out(family, customer, 1.0)


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2, 0.5])
def test_about_as_many_are_held_out_as_were_said(share: float) -> None:
    among = 20_000
    held = sum(held_out("failed-payment", f"stripe:customer:cus_{number}", share) for number in range(among))

    assert abs(held / among - share) < 0.012


def test_two_families_hold_out_different_people() -> None:
    every = [f"stripe:customer:cus_{number}" for number in range(2_000)]
    one, other = ({c for c in every if held_out(family, c, 0.5)} for family in ("a", "b"))

    assert 400 < len(one & other) < 600
