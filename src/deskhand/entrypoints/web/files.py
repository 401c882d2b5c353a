"""The page of the files that hang on a ticket, and the download of one."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.domain.rights import Right
from deskhand.entrypoints.download import download, known
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.workflows.open_attachment import Opened, attachments_of, open_attachment

router = APIRouter(include_in_schema=False)


@router.get("/tickets/{ticket}/attachments", dependencies=[needs(Right.READ)])
def attachments(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """What its system says of each file, and what speaks against it."""
    installation = known(request, ticket)
    found, more = attachments_of(installation.desk, ticket)
    values = {"ticket": ticket, "files": found, "more": more, "scans": installation.desk.scanner is not None}
    return page(request, caller, "attachments.html", values)


@router.get("/tickets/{ticket}/attachments/{id}", dependencies=[needs(Right.READ)])
def attachment(ticket: str, id: str, request: Request, caller: Caller) -> Response:
    """The file, or back to the page that says why not."""
    outcome = open_attachment(known(request, ticket).desk, ticket, id, caller)
    if isinstance(outcome, Opened):
        return download(outcome)
    told = f"The file is withheld: {outcome.says}."
    return RedirectResponse(request.url_for("attachments", ticket=ticket).include_query_params(told=told), 303)
