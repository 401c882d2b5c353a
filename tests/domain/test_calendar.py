"""Office hours: by the clock on the wall, over midnight, on closed dates, and whatever summer time does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskhand.domain.calendar import DAY, Calendar, Span

BERLIN, NEW_YORK, INDIA = (ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"))
ZONES = st.sampled_from([BERLIN, NEW_YORK, INDIA, ZoneInfo("Pacific/Chatham"), ZoneInfo("UTC")])
SPANS = st.builds(Span, st.integers(0, DAY - 1), st.integers(0, DAY)).filter(lambda one: one.start != one.end)
HOURS = st.dictionaries(st.integers(0, 6), st.lists(SPANS, max_size=3).map(tuple), max_size=7)
MOMENTS = st.datetimes(datetime(2024, 1, 2), datetime(2029, 12, 30), timezones=st.just(UTC))
DATES = st.dates(date(2024, 1, 1), date(2029, 12, 31))

WEEK = {day: (Span.parse("09:00-12:00"), Span.parse("13:00-17:30")) for day in range(5)} | {
    5: (Span.parse("22:00-02:00"),)
}
OFFICE = Calendar(BERLIN, WEEK, frozenset({date(2026, 12, 25), date(2026, 11, 28)}))


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:59:59", False),
        ("2026-11-23 09:00:00", True),
        ("2026-11-23 11:59:59.999999", True),
        ("2026-11-23 12:00:00", False),
        ("2026-11-23 13:00:00", True),
        ("2026-11-23 17:30:00", False),
        ("2026-11-21 21:59:59", False),  # a Saturday
        ("2026-11-21 22:00:00", True),
        ("2026-11-22 01:59:59", True),  # the same span, on Sunday
        ("2026-11-22 02:00:00", False),
        ("2026-11-28 23:00:00", False),  # a Saturday that is closed
        ("2026-11-29 01:00:00", False),  # so nothing runs on from it
        ("2026-12-25 10:00:00", False),
        # the days on which summer time begins and ends
        ("2026-03-30 08:59:59", False),
        ("2026-03-30 09:00:00", True),
        ("2026-10-26 09:00:00", True),
        ("2026-10-26 17:29:59", True),
        ("2026-10-26 17:30:00", False),
    ],
)
def test_the_office_is_open_by_the_clock_on_its_wall(moment: str, is_open: bool) -> None:
    assert OFFICE.open(at(moment)) is is_open
    assert OFFICE.open(at(moment).astimezone(UTC)) is is_open
    assert OFFICE.open(at(moment).astimezone(NEW_YORK)) is is_open


def test_a_night_that_is_an_hour_shorter_or_longer_is_open_from_its_start_to_its_end() -> None:
    night = Calendar(BERLIN, {5: (Span.parse("22:00-06:00"),)})
    for saturday, length in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 11, 7), 8)):
        start = at(f"{saturday} 22:00").astimezone(UTC)
        opened = [minute for minute in range(-120, 720) if night.open(start + timedelta(minutes=minute))]
        assert opened == list(range(60 * length))


def test_a_holiday_is_one_at_the_office_not_where_somebody_asks() -> None:
    assert OFFICE.holiday(at("2026-12-25 00:00"))
    assert OFFICE.holiday(at("2026-12-24 18:00", NEW_YORK))
    assert not OFFICE.holiday(at("2026-12-25 18:00", NEW_YORK))


@pytest.mark.parametrize(
    "text", ["9-5", "09:00", "09:00-09:00", "09:60-10:00", "24:00-25:00", "18:00-24:01", "\u0660\u0669:00-10:00"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no span of hours"):
        Span.parse(text)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        OFFICE.open(datetime(2026, 11, 23, 10))


@given(ZONES, HOURS, st.frozensets(DATES, max_size=4), MOMENTS)
def test_open_is_within_an_interval_that_starts_on_a_day_that_is_not_closed(
    zone: ZoneInfo, hours: dict[int, tuple[Span, ...]], closed: frozenset[date], now: datetime
) -> None:
    """Written another way: intervals of wall time around the moment, and no minutes of a day."""
    wall = now.astimezone(zone).replace(tzinfo=None)
    within = False
    for back in (0, 1):
        day = wall.date() - timedelta(days=back)
        midnight = datetime(day.year, day.month, day.day)
        for span in hours.get(day.weekday(), ()) if day not in closed else ():
            start = midnight + timedelta(minutes=span.start)
            end = midnight + timedelta(minutes=span.end, days=span.end < span.start)
            within = within or start <= wall < end

    assert Calendar(zone, hours, closed).open(now) is within


@given(ZONES, HOURS, MOMENTS, st.integers(1, 60))
def test_every_week_is_alike_on_the_wall(
    zone: ZoneInfo, hours: dict[int, tuple[Span, ...]], now: datetime, weeks: int
) -> None:
    calendar = Calendar(zone, hours)
    wall = now.astimezone(zone).replace(fold=0)
    later = wall + timedelta(weeks=weeks)  # the same wall time, whatever the offset is by then
    assume(all(moment.astimezone(UTC).astimezone(zone) == moment for moment in (wall, later)))
    assume(later.astimezone(UTC).astimezone(zone).hour == wall.hour)  # a gap has no such hour

    assert calendar.open(later) is calendar.open(wall)


@given(ZONES, HOURS, st.frozensets(DATES, max_size=4), MOMENTS)
def test_nothing_opens_where_no_hours_are_given(
    zone: ZoneInfo, hours: dict[int, tuple[Span, ...]], closed: frozenset[date], now: datetime
) -> None:
    assert not Calendar(zone, {}, closed).open(now)
    whole = Calendar(zone, {day: (Span(0, DAY),) for day in range(7)}, closed)
    assert whole.open(now) is not whole.holiday(now)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 12:00", "2026-11-23 13:00"),
        ("2026-11-20 17:30", "2026-11-21 22:00"),  # a Friday evening
        ("2026-11-22 02:00", "2026-11-23 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),  # the Saturday between is closed
        ("2026-12-24 17:30", "2026-12-26 22:00"),
        ("2026-03-27 18:00", "2026-03-28 22:00"),
        ("2026-03-29 05:00", "2026-03-30 09:00"),  # in summer time by now
    ],
)
def test_it_is_known_when_the_office_opens_again(now: str, opens: str) -> None:
    assert OFFICE.next_open(at(now)) == at(opens)


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        ("2026-11-23 09:00", 3, "2026-11-23 12:00"),
        ("2026-11-23 09:00", 4, "2026-11-23 14:00"),
        ("2026-11-20 16:30", 2, "2026-11-21 23:00"),  # one on Friday, one on Saturday night
        ("2026-12-24 16:30", 1, "2026-12-24 17:30"),
        ("2026-12-24 16:30", 6, "2026-12-28 10:00"),  # one, none on Christmas, four on Saturday night, one on Monday
        ("2026-11-23 20:00", 0, "2026-11-23 20:00"),
    ],
)
def test_only_open_hours_count_as_working_time(now: str, hours: int, until: str) -> None:
    assert OFFICE.after(at(now), timedelta(hours=hours)) == at(until)


def test_what_never_opens_is_told() -> None:
    assert Calendar(BERLIN, {}).next_open(at("2026-11-23 10:00")) is None
    assert Calendar(BERLIN, {0: ()}).after(at("2026-11-23 10:00"), timedelta(hours=1)) is None


NEAR_A_TURN = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(
        [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC)]
    ),
    st.integers(0, 3 * DAY),
)
ANY_MINUTE = st.builds(lambda one: one.replace(second=0, microsecond=0), MOMENTS) | NEAR_A_TURN


@given(ZONES, HOURS, st.frozensets(DATES, max_size=4), ANY_MINUTE, st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_working_time_is_what_counting_minute_by_minute_gives(
    zone: ZoneInfo, hours: dict[int, tuple[Span, ...]], closed: frozenset[date], now: datetime, wanted: int
) -> None:
    calendar = Calendar(zone, hours, closed)
    opened = [minute for minute in range(9 * DAY) if calendar.open(now + timedelta(minutes=minute))]
    opens, until = calendar.next_open(now), calendar.after(now, timedelta(minutes=wanted))

    if opened:
        assert opens == now + timedelta(minutes=opened[0])
    else:
        assert opens is None or opens >= now + timedelta(days=9)
    if len(opened) >= wanted:
        assert until == now + timedelta(minutes=opened[wanted - 1] + 1)
    else:
        assert until is None or until > now + timedelta(days=9)
