"""How the connected systems fare."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation, observe
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page

router = APIRouter(include_in_schema=False)


@router.get("/systems", dependencies=[needs(Right.READ)])
def systems(request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    found = list(observe(installation.systems, installation.store))
    return page(request, caller, "systems.html", {"systems": found})
