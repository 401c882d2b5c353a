"""Settings > People: who gets in, what they hold, and the deeds of an admin on that."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.errors import NotGranted
from deskhand.domain.rights import LADDER, Right, Role
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.access_review import state_of
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Form(max_length=100)]
OWN = "You cannot keep yourself out. Another admin, or `deskhand people`, can. Nothing was changed."


@router.get("/settings/people", dependencies=[needs(Right.PEOPLE)])
def people(request: Request, caller: Caller) -> HTMLResponse:
    return _page(request, caller)


@router.post("/settings/people", dependencies=[needs(Right.PEOPLE)])
def invite(
    request: Request,
    caller: Author,
    name: Name,
    role: Annotated[Role | Literal[""], Form()] = "",
    queues: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """The link is shown this once."""
    installation: Installation = request.app.state.installation
    limits = [one.strip() for one in queues.split(",") if one.strip()]
    try:
        link = installation.access.invite(
            name.strip(), Role(role) if role else None, limits, by=caller.id, now=installation.desk.clock()
        )
    except NotGranted as error:
        return _page(request, caller, fault=str(error))
    return _page(request, caller, link=str(request.url_for("welcome").include_query_params(link=link)))


@router.post("/settings/people/disable", dependencies=[needs(Right.PEOPLE)])
def disable(request: Request, caller: Author, name: Name) -> Response:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    if name == caller.id:
        raise HTTPException(409, OWN)
    if name not in {one.person for one in installation.access.members(now)}:
        raise HTTPException(404, "There is nobody of this name. Nothing was changed.")
    installation.access.accounts.disable(name, by=caller.id, now=now)
    return RedirectResponse("/settings/people", 303)


@router.post("/settings/people/sessions", dependencies=[needs(Right.PEOPLE)])
def end_session(request: Request, caller: Author, id: Annotated[str, Form(max_length=100)]) -> Response:
    installation: Installation = request.app.state.installation
    if not installation.access.sessions.revoke(id, by=caller.id, now=installation.desk.clock()):
        raise HTTPException(404, "There is no such session. Nothing was changed.")
    return RedirectResponse("/settings/people", 303)


@router.post("/settings/people/tokens", dependencies=[needs(Right.PEOPLE)])
def end_token(request: Request, caller: Author, id: Annotated[str, Form(max_length=100)]) -> Response:
    installation: Installation = request.app.state.installation
    if not installation.access.tokens.revoke(id, by=caller.id, now=installation.desk.clock()):
        raise HTTPException(404, "There is no such token. Nothing was changed.")
    return RedirectResponse("/settings/people", 303)


def _page(request: Request, caller: Person, *, link: str = "", fault: str = "") -> HTMLResponse:
    installation: Installation = request.app.state.installation
    members = installation.access.members(installation.desk.clock())
    values = {
        "members": [(one, state_of(one)) for one in members],
        "ladder": LADDER,
        "link": link,
        "fault": fault,
    }
    return page(request, caller, "people.html", values, 422 if fault else 200)
