"""The link in each message that we began: one page, one button, and no such message any more."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.frame import letter
from deskhand.workflows.opt_out import opt_out

router = APIRouter(include_in_schema=False)
BY_LINK = "customer"


@router.get("/unsubscribe/{token}", dependencies=[open_to(Door.ADDRESS)])
def ask(token: str, request: Request) -> HTMLResponse:
    """Nothing is changed by looking: programs that read mail open every link in it."""
    installation, _ = _whose(token, request)
    return _page(request, installation, done=False)


@router.post("/unsubscribe/{token}", dependencies=[open_to(Door.ADDRESS)])
def stop(token: str, request: Request) -> HTMLResponse:
    """From now on. Sent twice, it is said once."""
    installation, customer = _whose(token, request)
    opt_out(installation.store, customer, by=BY_LINK, now=installation.desk.clock())
    return _page(request, installation, done=True)


def _page(request: Request, installation: Installation, *, done: bool) -> HTMLResponse:
    return letter(request, "opt_out.html", {"company": installation.settings.table.company, "done": done})


def _whose(token: str, request: Request) -> tuple[Installation, str]:
    installation: Installation = request.app.state.installation
    customer = installation.opting_out(token)
    if customer is None:
        raise HTTPException(404, "This is no address of ours. Copy it whole from the message. Nothing was changed.")
    return installation, customer
