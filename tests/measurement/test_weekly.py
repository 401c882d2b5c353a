"""Weeks, and what a change from one to the next is worth."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.measurement.every_metric import BY_KEY
from deskhand.measurement.metric import Value, of
from deskhand.measurement.weekly import Line, Week, change


@given(st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_the_last_week_is_over_and_no_later_one_is(now: datetime) -> None:
    week = Week.last(now)
    assert week.ends <= now < week.after.ends
    assert Week.parse(str(week)) == week
    assert (week.monday.weekday(), week.sunday - week.monday) == (0, timedelta(days=6))
    assert week.before.after == week


def test_a_week_at_new_year_has_the_year_of_its_thursday() -> None:
    assert str(Week(date(2020, 12, 28))) == "2020-W53"
    assert Week.parse("2026-W01").monday == date(2025, 12, 29)


@pytest.mark.parametrize("text", ["", "2026-W54", "2026-W00", "2026-47", "2026-W7", "0000-W01", "2026-W47\n"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no week"):
        Week.parse(text)


def test_a_change_is_clear_only_where_chance_hardly_explains_it() -> None:
    metric = BY_KEY["escalation"]
    small, large = change(metric, of(12, 40), of(10, 40)), change(metric, of(400, 1000), of(200, 1000))
    assert small is not None
    assert large is not None
    assert not small.clear
    assert large.clear
    assert large.value == pytest.approx(20)
    assert large.low is not None
    assert large.high is not None
    assert 15 < large.low < 20 < large.high < 25


def test_nothing_is_compared_with_a_handful() -> None:
    assert change(BY_KEY["escalation"], of(12, 40), of(1, 5)) is None


def test_more_escalation_is_worse_and_more_deflection_is_not() -> None:
    for key, worse in (("escalation", True), ("deflection", False), ("containment", False)):
        now, before = of(600, 1000), of(300, 1000)
        metric = BY_KEY[key]
        assert Line(metric, now, before, None, change(metric, now, before)).worse is worse


def test_figures_of_a_period_of_their_own_have_no_change() -> None:
    value = Value(1.0, 10_000, 0.5, 1.5)
    assert change(BY_KEY["retention"], value, Value(9.0, 10_000, 8.5, 9.5)) is None
