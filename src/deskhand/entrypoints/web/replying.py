"""What an agent writes on a ticket that is theirs: a reply to the customer, or a note among agents."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.agent_reply import agent_reply

router = APIRouter(include_in_schema=False)
NONCE = r"^[A-Za-z0-9_-]{8,64}$"


@router.post("/tickets/{ticket}/reply", dependencies=[needs(Right.DECIDE)])
def reply(
    ticket: str,
    request: Request,
    caller: Author,
    nonce: Annotated[str, Form(pattern=NONCE)],
    text: Annotated[str, Form()] = "",
    note: Annotated[bool, Form()] = False,
) -> Response:
    """409 with the agent's words kept where they were not sent."""
    installation: Installation = request.app.state.installation
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}. Nothing was sent.")
    replied = agent_reply(installation.desk, ticket, caller, text=text, public=not note, nonce=nonce)
    draft = "" if replied.sent else text
    status = 200 if replied.sent else 409
    return answer(request, caller, ticket, status=status, said=replied.why, draft=draft, note=note)
