"""Files that hang on a ticket: what there is, and one of them for the agent who opens it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from deskhand.domain.rights import Right
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.download import download, known
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.workflows.open_attachment import Opened, attachments_of, open_attachment

router = APIRouter(prefix="/api/tickets")


@router.get("/{ticket}/attachments", responses=answers(502), dependencies=[needs(Right.READ)])
def listed(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """Every file, oldest first; `withheld` is why it cannot be opened, or "" when nothing is known against it yet."""
    found, more = attachments_of(known(request, ticket).desk, ticket)
    files = [
        {
            "id": one.id,
            "message": one.message.id,
            "author": str(one.message.author),
            "sent_at": one.message.sent_at.isoformat(),
            "name": one.attachment.name,
            "type": one.attachment.type,
            "size": one.attachment.size,
            "withheld": one.withheld.says if one.withheld else "",
        }
        for one in found
    ]
    return {"ticket": ticket, "attachments": files, "more": more}


@router.get(
    "/{ticket}/attachments/{id}",
    response_class=Response,
    responses=answers(409, 502),
    dependencies=[needs(Right.READ)],
)
def content(ticket: str, id: str, request: Request, caller: Caller) -> Response:
    """The file itself, as a download; 409 with the reason when it is withheld."""
    outcome = open_attachment(known(request, ticket).desk, ticket, id, caller)
    if isinstance(outcome, Opened):
        return download(outcome)
    return JSONResponse({"why": outcome.why.value, "detail": f"The file is withheld: {outcome.says}."}, 409)
