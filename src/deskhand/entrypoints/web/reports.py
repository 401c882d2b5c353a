"""The week of a desk: against the week before and against the time before the assistant, with what to look at."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation, weekly
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web import weekly_page
from deskhand.entrypoints.web.frame import page, reader
from deskhand.measurement.weekly import Week, Weekly

router = APIRouter(include_in_schema=False)


@router.get("/reports", dependencies=[needs(Right.READ, whole=True)])
def newest(caller: Caller) -> RedirectResponse:
    """The newest week that is over."""
    return RedirectResponse("/reports/last", 303)


@router.get("/reports/{week}", dependencies=[needs(Right.READ, whole=True)])
def report(request: Request, caller: Caller, week: str) -> HTMLResponse:
    """`week` as "2026-W47", or "last"."""
    installation: Installation = request.app.state.installation
    found = _weekly(installation, week)
    shown = weekly_page.values(installation.settings, found, reader(request).language)
    later = found.week.after
    return page(request, caller, "weekly.html", {**shown, "later": later if later.ends <= found.at else None})


@router.get("/reports/{week}/file", dependencies=[needs(Right.READ, whole=True)])
def file(request: Request, caller: Caller, week: str) -> Response:
    """The same as one file, to keep or to send on."""
    installation: Installation = request.app.state.installation
    found = _weekly(installation, week)
    text = weekly_page.page(installation.settings, found, reader(request).language)
    name = f'attachment; filename="deskhand-{found.week}.html"'
    return Response(text, media_type="text/html", headers={"content-disposition": name})


def _weekly(installation: Installation, named: str) -> Weekly:
    now = installation.desk.clock()
    try:
        week = Week.last(now) if named == "last" else Week.parse(named)
    except ValueError as error:
        raise HTTPException(404, f"{error}.") from error
    if week.ends > now:
        raise HTTPException(404, f"{week} is not over. The dashboard tells how it stands.")
    return weekly(installation, week)
