"""Going live: the ten points, each looked at anew when the page is opened. Nothing is changed by looking."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.bootstrap.golive import golive as looked
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page, render, wants_parts

router = APIRouter(include_in_schema=False)


@router.get("/golive", dependencies=[needs(Right.PROMOTE, whole=True)])
def golive(request: Request, caller: Caller) -> HTMLResponse:
    """Systems may answer slowly: what they say is loaded after the page."""
    return page(request, caller, "golive.html", {"items": None, "fault": ""})


@router.get("/golive/items", dependencies=[needs(Right.PROMOTE, whole=True)])
def items(request: Request, caller: Caller) -> HTMLResponse:
    """All ten; as a part of the page for our own script."""
    installation: Installation = request.app.state.installation
    desk, values = installation.desk, {"items": list[object](), "fault": ""}
    try:
        values["items"] = [*looked(installation.settings, installation.store, desk.knowledge, desk.clock)]
    except DeskFault as error:
        values["fault"] = str(error.faults[0])
    if wants_parts(request):
        return HTMLResponse(render(request, caller, "parts/golive.html", values))
    return page(request, caller, "golive.html", values)
