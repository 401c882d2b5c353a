"""Times within office hours: by the clock on the office's wall, through a change of it, weekends and a closed date."""

from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from random import Random
from zoneinfo import ZoneInfo

import pytest
from tests.measurement.histories import History
from tests.measurement.summed import sums_of

from deskhand.domain.calendar import Calendar, Span
from deskhand.measurement.entries import entries
from deskhand.measurement.every_metric import measured
from deskhand.measurement.metric import About

ZONE, WINDOW = ZoneInfo("Europe/Berlin"), timedelta(days=7)
NINE, FIVE, EASTER_MONDAY = time(9), time(17), date(2026, 4, 6)
OFFICE = Calendar(ZONE, dict.fromkeys(range(5), (Span.parse("09:00-17:00"),)), frozenset({EASTER_MONDAY}))
FIRST = datetime(2026, 3, 25, tzinfo=UTC)  # the clocks go forward on the 29th
TICKETS = 40


def on_the_wall(came: datetime, minutes: int) -> int:
    """How many of these minutes the office's wall shows a time of work."""
    open_minutes = 0
    for minute in range(minutes):
        wall = (came + timedelta(minutes=minute)).astimezone(ZONE)
        works = wall.weekday() < 5 and wall.date() != EASTER_MONDAY
        open_minutes += works and NINE <= wall.time() < FIVE
    return open_minutes


def nearest_rank(values: list[int]) -> int:
    return sorted(values)[ceil(len(values) / 2) - 1]


@pytest.fixture(scope="module")
def told() -> tuple[History, list[int]]:
    """Tickets that were answered once, after minutes or days; and the minutes of work in each of these times."""
    random, history, expected = Random(9), History(), list[int]()
    for number in range(TICKETS):
        came, took = FIRST + timedelta(minutes=random.randrange(14 * 1440)), random.choice((5, 60, 900, 4000, 9000))
        ticket = f"zendesk:ticket:{number}"
        history.at = came
        message = history.received(ticket)
        history.at = came + timedelta(minutes=took)
        history.add("effect.done", ticket, key=f"reply/{ticket}/1", action="reply")
        history.ended(ticket, message, "answered", customer=f"crm:customer:{number}").closed(ticket)
        expected.append(on_the_wall(came, took))
    return history, expected


def test_a_ticket_has_the_minutes_of_work_until_its_answer(told: tuple[History, list[int]]) -> None:
    history, expected = told
    found = {one.ticket: one for one in entries(history.lines, WINDOW, open_between=OFFICE.open_between)}
    minutes = [round((found[f"zendesk:ticket:{number}"].open_s or 0) / 60) for number in range(TICKETS)]
    assert minutes == expected
    assert 0 in expected
    assert max(expected) > 8 * 60


def test_the_figures_beside_first_response_and_resolution_are_of_these(told: tuple[History, list[int]]) -> None:
    history, expected = told
    now = history.at + timedelta(days=60)
    sums = sums_of(entries(history.lines, WINDOW, open_between=OFFICE.open_between), now, WINDOW)
    found = measured(sums, About(60, TICKETS))
    within = nearest_rank(expected)
    assert found["first_response"].parts["p50 within office hours"] == pytest.approx(60 * within, rel=0.005)
    assert found["resolution_time"].parts["p50 within office hours"] == pytest.approx(within, rel=0.005)
    assert (
        "p50 within office hours"
        not in measured(sums_of(entries(history.lines, WINDOW), now, WINDOW), About(60, TICKETS))[
            "first_response"
        ].parts
    )
