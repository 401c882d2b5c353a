"""The week of a desk: against the week before and against the time before the assistant, with what to look at."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation, open_gaps, weekly
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web import weekly_page
from deskhand.entrypoints.web.frame import page, reader, render, wants_parts
from deskhand.measurement.weekly import Week

router = APIRouter(include_in_schema=False)


@router.get("/reports", dependencies=[needs(Right.READ, whole=True)])
def newest(caller: Caller) -> RedirectResponse:
    """The newest week that is over."""
    return RedirectResponse("/reports/last", 303)


@router.get("/reports/{week}", dependencies=[needs(Right.READ, whole=True)])
def report(request: Request, caller: Caller, week: str) -> HTMLResponse:
    """`week` as "2026-W47", or "last". What no article answers is compared after the page."""
    return _page(request, caller, week, compared=False)


@router.get("/reports/{week}/gaps", dependencies=[needs(Right.READ, whole=True)])
def gaps(request: Request, caller: Caller, week: str) -> HTMLResponse:
    """What no article answers, compared now; as a part of the page for our own script."""
    installation: Installation = request.app.state.installation
    if not wants_parts(request):
        return _page(request, caller, week, compared=True)
    _week(installation, week)
    return HTMLResponse(render(request, caller, "parts/weekly_gaps.html", {"gaps": open_gaps(installation)}))


@router.get("/reports/{week}/file", dependencies=[needs(Right.READ, whole=True)])
def file(request: Request, caller: Caller, week: str) -> Response:
    """The same as one file, to keep or to send on."""
    installation: Installation = request.app.state.installation
    found = weekly(installation, _week(installation, week))
    text = weekly_page.page(installation.settings, found, reader(request).language)
    name = f'attachment; filename="deskhand-{found.week}.html"'
    return Response(text, media_type="text/html", headers={"content-disposition": name})


def _page(request: Request, caller: Caller, named: str, *, compared: bool) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    found = weekly(installation, _week(installation, named), gaps=compared)
    shown = weekly_page.values(installation.settings, found, reader(request).language)
    later = found.week.after
    more = {"compared": compared, "later": later if later.ends <= found.at else None}
    return page(request, caller, "weekly.html", {**shown, **more})


def _week(installation: Installation, named: str) -> Week:
    now = installation.desk.clock()
    try:
        week = Week.last(now) if named == "last" else Week.parse(named)
    except ValueError as error:
        raise HTTPException(404, f"{error}.") from error
    if week.ends > now:
        raise HTTPException(404, f"{week} is not over. The dashboard tells how it stands.")
    return week
