"""An emergency: a link of the machine itself signs an admin in, and every admin is told until one acknowledges it."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.account import GLASS
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import Door, needs, open_to
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import outside
from deskhand.entrypoints.web.sign_in import caller_of, ours, signed_in

router = APIRouter(include_in_schema=False)
PATH = "/sign-in/glass"
OWN = "Somebody else acknowledges it: an admin who is signed in by themselves. Nothing was changed."


@router.get(PATH, dependencies=[open_to(Door.ADDRESS)])
def look(request: Request, link: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Looking at the link uses nothing."""
    installation: Installation = request.app.state.installation
    good = installation.access.glass.good(link, installation.desk.clock())
    return outside(request, "glass.html", {"link": link, "good": good}, 200 if good else 404)


@router.post(PATH, dependencies=[open_to(Door.ADDRESS)])
def enter(
    request: Request,
    link: Annotated[str, Form(max_length=200)],
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Response:
    ours(sec_fetch_site)
    installation: Installation = request.app.state.installation
    agent, address, now = caller_of(request)
    session = installation.access.by_glass(link, agent=agent, address=address, now=now)
    if session is None:
        return outside(request, "glass.html", {"link": "", "good": False}, 404)
    return signed_in(request, session, "/settings/people")


@router.post("/settings/people/glass", dependencies=[needs(Right.PEOPLE)])
def acknowledge(request: Request, caller: Author, id: Annotated[str, Form(max_length=100)]) -> Response:
    installation: Installation = request.app.state.installation
    if caller.id == GLASS:
        raise HTTPException(403, OWN)
    if not installation.access.glass.acknowledge(id, by=caller.id, now=installation.desk.clock()):
        raise HTTPException(404, "There is nothing to acknowledge. Nothing was changed.")
    return RedirectResponse("/settings/people", 303)
