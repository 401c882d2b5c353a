"""Whispers: what an agent tells the assistant in private about one ticket."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.whisper import whisper, withdraw

router = APIRouter(include_in_schema=False)


@router.post("/tickets/{ticket}/guidance", dependencies=[needs(Right.DECIDE)])
def tell(
    ticket: str,
    request: Request,
    caller: Author,
    text: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    again: Annotated[bool, Form()] = False,
    withdrawn: Annotated[str, Form()] = "",
) -> Response:
    """Whisper to the assistant, or withdraw the whisper with this id."""
    installation: Installation = request.app.state.installation
    store, desk = installation.store, installation.desk
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}. Nothing was kept.")
    if withdrawn:
        done = withdraw(store, ticket, withdrawn, caller, desk.clock())
        said = "Withdrawn: it guides nothing any more." if done else "That whisper does not stand. Nothing was changed."
        return answer(request, caller, ticket, status=200 if done else 409, said=said)
    procedures, now = desk.procedures, desk.clock()
    made = whisper(store, ticket, caller, text=text, about=about, again=again, procedures=procedures, now=now)
    return answer(request, caller, ticket, status=200 if made.guidance else 409, said=made.why)
