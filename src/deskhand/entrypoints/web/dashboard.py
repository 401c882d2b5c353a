"""The numbers of this desk: with their goals, over time, told apart, and each with the tickets behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from babel.dates import format_skeleton
from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Asked, Counting, Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.charts import line_chart
from deskhand.entrypoints.web.frame import page, reader, render, wants_parts
from deskhand.measurement.drift.alarms import KINDS
from deskhand.measurement.every_metric import BY_KEY, METRICS
from deskhand.measurement.metric import Group, Value
from deskhand.measurement.outcomes import TicketOutcome
from deskhand.measurement.sums import By
from deskhand.workflows.watch_drift import open_alarms

router = APIRouter(include_in_schema=False)
PERIODS = (7, 30, 90, 0)  # days; 0 for all of them
SHOWN = 50  # tickets on one page
FEW = 5  # tickets of a day below which no share is drawn
DRAWN = 90  # days of a chart at most
OPENING = 2  # parts of the journal that are counted while somebody waits
CHARTS = ("tickets", "deflection", "escalation", "first_response", "resolution_time", "csat_assistant")
COLUMNS = ("tickets", "deflection", "alone", "escalation", "first_response", "csat_assistant", "cost_per_resolution")


def asked(
    days: Annotated[int, Query(ge=0, le=90)] = 30,
    by: By = By.PROCEDURE,
    group: Annotated[str, Query(max_length=200)] = "",
) -> Asked:
    return Asked(days if days in PERIODS else 30, by, group)


Wanted = Annotated[Asked, Depends(asked)]


@router.get("/dashboard", dependencies=[needs(Right.READ)])
def dashboard(request: Request, caller: Caller, wanted: Wanted) -> HTMLResponse:
    """The frame; the numbers are counted after it."""
    return page(request, caller, "dashboard.html", {**_frame(wanted), "alarms": _alarms(request)})


@router.get("/dashboard/numbers", dependencies=[needs(Right.READ)])
def numbers(request: Request, caller: Caller, wanted: Wanted) -> HTMLResponse:
    """Counted now; as a part of the page for our own script."""
    values = {**_frame(wanted), **_numbers(request, wanted)}
    if wants_parts(request):
        return HTMLResponse(render(request, caller, "parts/numbers.html", values))
    return page(request, caller, "dashboard.html", {**values, "alarms": _alarms(request)})


@router.get("/dashboard/tickets", dependencies=[needs(Right.READ, whole=True)])
def tickets(
    request: Request,
    caller: Caller,
    wanted: Wanted,
    of: Annotated[str, Query(max_length=40)] = "tickets",
    after: Annotated[str, Query(max_length=300)] = "",
) -> HTMLResponse:
    """The tickets behind a number, the newest first; `after` is where the page before ended."""
    if of not in BY_KEY:
        raise RequestValidationError(
            [{"loc": ("query", "of"), "msg": "there is no such number", "type": "value_error"}]
        )
    installation: Installation = request.app.state.installation
    counting, now = installation.counting, installation.desk.clock()
    counting.rollups.catch_up(OPENING)
    found, more = counting.tickets(BY_KEY[of], wanted, now, _place(after), SHOWN)
    values = {
        **_frame(wanted),
        "of": of,
        "rows": found,
        "first": not after,
        "more": f"{more[0].isoformat()} {more[1]}" if more else "",
    }
    return page(request, caller, "dashboard_tickets.html", values)


def _place(text: str) -> tuple[datetime, str] | None:
    at, _, ticket = text.partition(" ")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        when = None
    if text and (when is None or when.tzinfo is None):
        raise RequestValidationError([{"loc": ("query", "after"), "msg": "is no place", "type": "value_error"}])
    return (when, ticket) if when else None


def _frame(wanted: Asked) -> dict[str, object]:
    return {"asked": wanted, "periods": PERIODS, "bys": By, "counted": False}


def _alarms(request: Request) -> int:
    """Of drift, those that nobody has handled."""
    installation: Installation = request.app.state.installation
    return len(open_alarms(list(installation.queries.of_kinds(KINDS))))


def _numbers(request: Request, wanted: Asked) -> dict[str, object]:
    installation: Installation = request.app.state.installation
    counting, now = installation.counting, installation.desk.clock()
    counting.rollups.catch_up(OPENING)
    found = counting.numbers(wanted, now)
    return {
        "counted": True,
        "found": found,
        "ended": found.outcomes,
        "metrics": {group: [one for one in METRICS if one.group is group] for group in Group},
        "by_key": BY_KEY,
        "states": [str(state) for state in TicketOutcome],
        "groups": counting.apart(wanted, now),
        "columns": [BY_KEY[key] for key in COLUMNS],
        "charts": _charts(request, counting, wanted, now),
        "line_chart": line_chart,
    }


@dataclass(frozen=True)
class Chart:
    """One value for each label; `goal` is drawn as a dashed line."""

    key: str
    unit: str
    goal: float | None
    labels: Sequence[str]
    series: Sequence[float | None]

    @property
    def rows(self) -> list[tuple[str, float]]:
        """What is known, as a table."""
        both = zip(self.labels, self.series, strict=True)
        return [(label, value) for label, value in both if value is not None]


UNITS = {"percent": "%", "seconds": "s", "minutes": "min", "count": ""}


def _charts(request: Request, counting: Counting, wanted: Asked, now: datetime) -> list[Chart]:
    count = wanted.days or DRAWN
    found = counting.by_day(Asked(count, wanted.by, wanted.group), now)
    last = now.date()
    days = [last - timedelta(days=count - 1 - place) for place in range(count)]
    language = reader(request).language
    labels = [format_skeleton("MMMd", day, locale=language) for day in days]
    made = []
    for key in CHARTS:
        metric, series = BY_KEY[key], [_drawn(key, found, day) for day in days]
        bounds = (metric.goal.low, metric.goal.high) if metric.goal else (None, None)
        goal = next((bound for bound in bounds if bound is not None), None)
        made.append(Chart(key, UNITS[metric.unit], goal, labels, series))
    return made


def _drawn(key: str, found: Mapping[str, Mapping[str, Value]], day: date) -> float | None:
    """A day with few cases has a number of tickets, and no share."""
    values = found.get(day.isoformat())
    if key == "tickets":
        return values[key].value if values else 0.0
    return values[key].value if values and values[key].n >= FEW else None
