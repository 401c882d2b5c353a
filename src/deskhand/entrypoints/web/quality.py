"""Quality: replies to grade, findings that are open, and what rules and people found."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page
from deskhand.measurement import csat
from deskhand.measurement.quality import checked, graded, sent
from deskhand.measurement.quality.sample import Drawn
from deskhand.measurement.quality.to_grade import ToGrade, drawn_of, looked_at, to_grade
from deskhand.workflows.grade import LONGEST, Kept, Mark, Skip, close_finding, grade, skip
from deskhand.workflows.show_reply import blind

router = APIRouter(include_in_schema=False)
DAYS = 90
Name = Annotated[str, Form(max_length=300)]
Words = Annotated[str, Form(max_length=LONGEST * 2)]


@router.get("/quality", dependencies=[needs(Right.READ, whole=True)])
def quality(request: Request, caller: Caller) -> HTMLResponse:
    """The next reply for this person, without whose it is; then findings and figures."""
    installation: Installation = request.app.state.installation
    known, found = _looked(installation, caller)
    now, table = installation.desk.clock(), installation.settings.table.quality
    since = now - timedelta(days=DAYS)
    told = graded.quality(known, {}, since=since, kappa=table.kappa, pairs=table.double)
    values = {
        "work": found,
        "next": found.next,
        "blind": blind(installation.desk, found.next) if found.next else None,
        "figures": told,
        "judge": installation.desk.grader is not None,
        "checks": checked.checked(installation.queries.lately(checked.KINDS, since), since),
        "csat": csat.csat(installation.queries.lately(csat.KINDS, since), now, installation.desk.closing.window, since),
        "days": DAYS,
        "skips": list(Skip),
        "longest": LONGEST,
        "people": len(installation.people),
        "size": table.sample,
    }
    return page(request, caller, "quality.html", values)


@router.post("/quality/grades", dependencies=[needs(Right.GRADE, whole=True)])
def graded_by(
    request: Request, caller: Author, ticket: Name, message: Name, mark: Annotated[Mark, Form()], why: Words = ""
) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    drawn = _drawn(installation, caller, ticket, message)
    return _back(request, grade(installation.store, drawn, caller, mark, why, _now(installation)))


@router.post("/quality/skips", dependencies=[needs(Right.GRADE, whole=True)])
def skipped(
    request: Request, caller: Author, ticket: Name, message: Name, why: Annotated[Skip, Form()]
) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    drawn = _drawn(installation, caller, ticket, message)
    return _back(request, skip(installation.store, drawn, caller, why, _now(installation)))


@router.post("/quality/findings", dependencies=[needs(Right.GRADE, whole=True)])
def closed(request: Request, caller: Author, ticket: Name, finding: Name, why: Words = "") -> RedirectResponse:
    installation: Installation = request.app.state.installation
    return _back(request, close_finding(installation.store, ticket, finding, caller, why, _now(installation)))


def _looked(installation: Installation, caller: Person) -> tuple[graded.Grades, ToGrade]:
    now, queries = _now(installation), installation.queries
    known = graded.grades(queries.of_kinds(graded.KINDS))
    lines = queries.lately(sent.KINDS, looked_at(now))
    return known, to_grade(lines, known, caller.id, now, installation.settings.table.quality.sample)


def _drawn(installation: Installation, caller: Person, ticket: str, message: str) -> Drawn:
    """Only what is in a sample can be graded: nobody picks what they like."""
    found = drawn_of(_looked(installation, caller)[1], ticket, message)
    if found is None:
        raise HTTPException(409, "This reply is in no sample any more. Nothing was kept; load the page again.")
    return found


def _back(request: Request, kept: Kept) -> RedirectResponse:
    return RedirectResponse(request.url_for("quality").include_query_params(told=kept.why), 303)


def _now(installation: Installation) -> datetime:
    return installation.desk.clock()
