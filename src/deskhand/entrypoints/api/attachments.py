"""Files that hang on a ticket: what there is, and one of them for the agent who opens it."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.errors import UnknownTicket
from deskhand.entrypoints.people import Caller
from deskhand.workflows.open_attachment import Opened, attachments_of, open_attachment

router = APIRouter(prefix="/api/tickets")


@router.get("/{ticket}/attachments")
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


@router.get("/{ticket}/attachments/{id}", response_class=Response)
def content(ticket: str, id: str, request: Request, caller: Caller) -> Response:
    """The file itself, as a download; 409 with the reason when it is withheld."""
    outcome = open_attachment(known(request, ticket).desk, ticket, id, caller)
    if isinstance(outcome, Opened):
        return download(outcome)
    return JSONResponse({"why": outcome.why.value, "detail": f"The file is withheld: {outcome.says}."}, 409)


def known(request: Request, ticket: str) -> Installation:
    """`UnknownTicket` for one that was never ours to look at, whatever its system would tell us of it."""
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    return installation


def download(opened: Opened) -> Response:
    """Kept by no cache, shown by no browser, and, should one try, in a box where nothing runs."""
    name = f"filename=\"{_ascii(opened.name)}\"; filename*=UTF-8''{quote(opened.name, '')}"
    headers = {
        "content-type": opened.type,
        "content-disposition": f"attachment; {name}",
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "x-deskhand-scan": "clean" if opened.scanned else "not scanned",
    }
    return Response(opened.content, headers=headers)


def _ascii(name: str) -> str:
    """For what does not know the other form. Nothing in it ends the quotation."""
    return "".join(one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in name)
