"""Drift: open alarms with what else changed, what was handled, and how each watched signal stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from deskhand.bootstrap import Installation, knowledge_health
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.charts import line_chart
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import TOLD, page, render, wants_parts
from deskhand.measurement.drift.alarms import KINDS, Raised, raised
from deskhand.measurement.drift.new_issues import new_issues
from deskhand.measurement.drift.signals import SIGNALS, Kind
from deskhand.measurement.drift.stream import Stream
from deskhand.measurement.drift.watch import Watch
from deskhand.measurement.knowledge.gaps import Gap
from deskhand.workflows.watch_drift import handle, kept

router = APIRouter(include_in_schema=False)
HANDLED_SHOWN = 20
FEWEST = 3  # observations of a day that the chart shows
FEW = 3  # procedures up to which all that is watched is shown at once


@dataclass(frozen=True)
class Shown:
    """An open alarm. `since`: where the change most likely began."""

    raised: Raised
    title: str
    since: datetime
    percent: bool
    chart: Markup


@dataclass(frozen=True)
class Standing:
    """One stream. `strength` of `threshold`: how near an alarm is; None while it is learned what is normal."""

    procedure: str
    signal: str
    n: int
    strength: float | None
    threshold: float
    lacks: tuple[int, int]
    open: bool

    @property
    def near(self) -> float:
        """An alarm: 1."""
        return 1.0 if self.open else (self.strength or 0.0) / (self.threshold or 1.0)


@dataclass(frozen=True)
class Watched:
    """A procedure with its streams. `nearest`: the one that is nearest to an alarm, None while all of them learn."""

    procedure: str
    streams: Sequence[Standing]

    @property
    def nearest(self) -> Standing | None:
        known = [one for one in self.streams if one.open or one.strength is not None]
        return max(known, key=lambda one: one.near, default=None)


@router.get("/drift", dependencies=[needs(Right.READ)])
def drift(request: Request, caller: Caller) -> HTMLResponse:
    """What takes long is loaded after the page."""
    return page(request, caller, "drift.html", {**_values(request), "issues": None, "fault": ""})


@router.get("/drift/new", dependencies=[needs(Right.READ, whole=True)])
def new(request: Request, caller: Caller) -> HTMLResponse:
    """New issues, compared now; as a part of the page for our own script."""
    installation: Installation = request.app.state.installation
    issues: list[Gap] = []
    fault, now = "", installation.desk.clock()
    try:
        health = knowledge_health(installation.settings, now=now, progress=lambda what, done, total: None)
        issues = new_issues(health.gaps.found, now)
    except DeskFault as error:
        fault = str(error.faults[0])
    if wants_parts(request):
        values = {"issues": issues, "fault": fault}
        return HTMLResponse(render(request, caller, "parts/new_issues.html", values))
    return page(request, caller, "drift.html", {**_values(request), "issues": issues, "fault": fault})


@router.post("/drift", dependencies=[needs(Right.GRADE)])
def handled(
    request: Request,
    caller: Author,
    alarm: Annotated[str, Form(max_length=400)],
    verdict: Annotated[Literal["fixed", "normal"], Form()],
    why: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """A person has seen to an alarm."""
    installation: Installation = request.app.state.installation
    now, normal = installation.desk.clock(), verdict == "normal"
    told = handle(installation.store, alarm, by=caller.id, why=why.strip()[:TOLD], normal=normal, now=now)
    return RedirectResponse(request.url.replace(query="").include_query_params(told=told.why), 303)


def _values(request: Request) -> dict[str, object]:
    installation: Installation = request.app.state.installation
    watch = Watch(kept(installation.queries.drift_streams()))
    alarms = raised(installation.queries.of_kinds(KINDS))
    titles = {one.id: one.title for one in installation.desk.procedures.values()}
    return {
        "open": [_shown(one, watch, titles) for one in reversed(alarms) if one.handled_at is None],
        "handled": [one for one in reversed(alarms) if one.handled_at][:HANDLED_SHOWN],
        "watched": _watched(watch),
        "few": FEW,
        "titles": titles,
    }


def _shown(one: Raised, watch: Watch, titles: Mapping[str, str]) -> Shown:
    procedure, signal = str(one.body["procedure"]), str(one.body["signal"])
    since = datetime.fromisoformat(one.body["since"])
    stream = watch.streams.get((procedure, signal))
    kind = SIGNALS[signal].kind if signal in SIGNALS else Kind.LEVEL
    chart = _chart(stream, since.date(), signal) if stream else Markup("")
    return Shown(one, titles.get(procedure, procedure), since, kind is not Kind.LEVEL, chart)


def _chart(stream: Stream, since: date, signal: str) -> Markup:
    """Day by day; a gap stands where the change began. A mix has none: it is more than one figure."""
    kind = stream.what.kind
    if kind is Kind.MIX:
        return Markup("")
    labels, series = list[str](), list[float | None]()
    days = {one.day: one for one in stream.days}
    day = min(days, default=since)
    while day <= max(days, default=since):
        found = days.get(day)
        if day == since:
            labels.append(f"▲ {day:%m-%d}")
            series.append(None)
        labels.append(f"{day:%m-%d}")
        enough = found is not None and found.n >= FEWEST
        series.append(stream.day_value(found) if found and enough else None)
        day += timedelta(days=1)
    mean = stream.mean
    share = kind is Kind.RATE
    goal = None if mean is None else 100 * mean if share else mean
    return line_chart(labels, series, title=signal, unit="%" if share else "", goal=goal, share=share)


def _watched(watch: Watch) -> list[Watched]:
    """That with the nearest alarm first, so that of many procedures the one to look at is at the top."""
    every = [_standing(key, one, watch) for key, one in sorted(watch.streams.items())]
    found = [Watched(name, list(some)) for name, some in groupby(every, key=lambda one: one.procedure)]
    return sorted(found, key=lambda one: -(one.nearest.near if one.nearest else -1.0))


def _standing(key: tuple[str, str], stream: Stream, watch: Watch) -> Standing:
    if not stream.settled:
        return Standing(*key, stream.total, None, 0.0, stream.lacks(), stream.open)
    change = stream.look()
    strength = change.evidence.strength if change else 0.0
    return Standing(*key, stream.total, strength, watch.threshold(stream), (0, 0), stream.open)
