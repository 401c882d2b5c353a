"""The numbers of this desk."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.web.frame import page
from deskhand.measurement.metrics import metrics

router = APIRouter(include_in_schema=False)


@router.get("/dashboard")
def dashboard(request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    return page(request, caller, "dashboard.html", {"numbers": metrics(installation.queries.lines())})
