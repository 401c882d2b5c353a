"""The numbers of this desk: with their goals, over time, told apart, and each with the tickets behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from babel.dates import format_skeleton
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.journal_line import JournalLine
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.web.charts import line_chart
from deskhand.entrypoints.web.frame import page, reader, render, wants_parts
from deskhand.measurement.breakdown import breakdown, days
from deskhand.measurement.figures import figures
from deskhand.measurement.ledger_of_outcomes import KINDS as OF_OUTCOMES
from deskhand.measurement.metrics import KINDS as OF_METRICS
from deskhand.measurement.metrics import metrics
from deskhand.measurement.outcome_figures import outcomes
from deskhand.measurement.outcomes import TicketOutcome
from deskhand.measurement.tickets_seen import KINDS as OF_TICKETS
from deskhand.measurement.tickets_seen import By, Seen, Which, tickets_seen

router = APIRouter(include_in_schema=False)
PERIODS = (7, 30, 90)
SHOWN = 50  # tickets on one page
BEFORE = timedelta(days=1)  # an effect of this time may have been allowed so long before
LONG_AGO = timedelta(days=10_000)


@dataclass(frozen=True)
class Asked:
    """What a dashboard is about: so many days, and one group of tickets where `group` is named."""

    days: int
    by: By
    group: str

    def since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.days)


def asked(
    days: Annotated[int, Query(ge=1, le=90)] = 30,
    by: By = By.PROCEDURE,
    group: Annotated[str, Query(max_length=200)] = "",
) -> Asked:
    return Asked(days if days in PERIODS else 30, by, group)


Wanted = Annotated[Asked, Depends(asked)]


@router.get("/dashboard")
def dashboard(request: Request, caller: Caller, wanted: Wanted) -> HTMLResponse:
    """The frame; the numbers are counted after it."""
    return page(request, caller, "dashboard.html", _frame(wanted))


@router.get("/dashboard/numbers")
def numbers(request: Request, caller: Caller, wanted: Wanted) -> HTMLResponse:
    """Counted now; as a part of the page for our own script."""
    values = {**_frame(wanted), **_numbers(request, wanted)}
    if wants_parts(request):
        return HTMLResponse(render(request, caller, "parts/numbers.html", values))
    return page(request, caller, "dashboard.html", values)


@router.get("/dashboard/tickets")
def tickets(
    request: Request,
    caller: Caller,
    wanted: Wanted,
    of: Which = Which.ALL,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The tickets behind a number, the newest first."""
    found = [one for one in reversed(_seen(request, wanted)) if one.is_one_of(of)]
    first = (number - 1) * SHOWN
    values = {
        **_frame(wanted),
        "of": of,
        "rows": found[first : first + SHOWN],
        "all": len(found),
        "number": number,
        "more": len(found) > first + SHOWN,
    }
    return page(request, caller, "dashboard_tickets.html", values)


def _frame(wanted: Asked) -> dict[str, object]:
    return {"asked": wanted, "periods": PERIODS, "bys": By, "counted": False}


def _numbers(request: Request, wanted: Asked) -> dict[str, object]:
    installation: Installation = request.app.state.installation
    queries, now = installation.queries, installation.desk.clock()
    since = wanted.since(now)
    every = _seen(request, Asked(wanted.days, wanted.by, ""))
    seen = _grouped(every, wanted)
    mine = {one.ticket for one in seen}

    def counts(line: JournalLine) -> bool:
        # An effect right behind the border may have been allowed right before it.
        return line.ticket in mine and (line.at >= since or line.kind == "policy.decided")

    lines = queries.lately(OF_METRICS, since - BEFORE)
    ended = None
    if not wanted.group:
        window = installation.settings.table.outcomes.window
        ended = outcomes(queries.lately(OF_OUTCOMES, now - LONG_AGO), now, window, since)
    return {
        "counted": True,
        "figures": figures(metrics(line for line in lines if counts(line)), seen, ended),
        "ended": ended,
        "states": [str(state) for state in TicketOutcome],
        "groups": breakdown(every, wanted.by),
        "charts": _charts(request, seen, now, wanted.days),
        "line_chart": line_chart,
        "bounded": queries.bounded(),
    }


def _seen(request: Request, wanted: Asked) -> list[Seen]:
    installation: Installation = request.app.state.installation
    since = wanted.since(installation.desk.clock())
    return _grouped(tickets_seen(installation.queries.lately(OF_TICKETS, since)), wanted)


def _grouped(seen: list[Seen], wanted: Asked) -> list[Seen]:
    return [one for one in seen if not wanted.group or wanted.group in one.groups(wanted.by)]


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


def _charts(request: Request, seen: Sequence[Seen], now: datetime, count: int) -> list[Chart]:
    found = days(seen, now.date(), count)
    language = reader(request).language
    labels = [format_skeleton("MMMd", day, locale=language) for day in found.days]
    return [
        Chart("tickets", "", None, labels, found.tickets),
        Chart("alone", "%", None, labels, found.alone),
        Chart("escalation", "%", 25.0, labels, found.escalated),
        Chart("first_response", "s", 30.0, labels, found.wait),
    ]
