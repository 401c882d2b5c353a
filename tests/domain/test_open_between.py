"""How long the office was open between two moments, whatever the clocks do in between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.calendar import Calendar, Span

SPANS = {day: (Span.parse("09:00-12:00"), Span.parse("13:00-17:30")) for day in range(5)} | {
    5: (Span.parse("22:00-02:30"),)  # over the hour that is left out, or comes twice
}
OFFICE = Calendar(ZoneInfo("Europe/Berlin"), SPANS)
START = datetime(2026, 3, 24, tzinfo=UTC)  # the clocks go forward on the 29th
AUTUMN = datetime(2026, 10, 20, tzinfo=UTC)  # and back on the 25th
minutes = st.integers(0, 8 * 24 * 60)


@settings(max_examples=40, deadline=None)
@given(start=st.sampled_from([START, AUTUMN]), one=minutes, other=minutes)
def test_it_is_the_number_of_minutes_at_which_it_was_open(start: datetime, one: int, other: int) -> None:
    since, until = (start + timedelta(minutes=place) for place in sorted((one, other)))
    every = (since + timedelta(minutes=place) for place in range(abs(other - one)))
    assert OFFICE.open_between(since, until) == timedelta(minutes=sum(map(OFFICE.open, every)))


def test_an_office_that_never_opens_was_never_open() -> None:
    assert Calendar(ZoneInfo("UTC"), {}).open_between(START, AUTUMN) == timedelta()
