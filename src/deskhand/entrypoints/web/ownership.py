"""Taking a ticket over, giving it back, and closing it."""

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.closing import close_by_agent
from deskhand.workflows.take_over import give_back, take_over

router = APIRouter(include_in_schema=False)


@router.post("/tickets/{ticket}/owner", dependencies=[needs(Right.DECIDE)])
def owner(
    ticket: str, request: Request, caller: Author, deed: Annotated[Literal["take-over", "give-back"], Form()]
) -> Response:
    """From a take-over on the assistant does nothing on the ticket."""
    installation: Installation = request.app.state.installation
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}. Nothing was changed.")
    said = "The assistant answers the next message again."
    if deed == "give-back":
        give_back(installation.store, ticket, caller, installation.desk.clock())
    else:
        taken = take_over(installation.store, ticket, caller, installation.desk.clock(), time.sleep)
        said = "It is yours." + (" A reply that was on its way may still arrive." if taken.on_its_way else "")
    return answer(request, caller, ticket, said=said)


@router.post("/tickets/{ticket}/close", dependencies=[needs(Right.DECIDE)])
def close(ticket: str, request: Request, caller: Author, owed: Annotated[bool, Form()] = False) -> Response:
    """By whoever has it. `owed`: also where the customer waits for an answer; without it that is asked first."""
    installation: Installation = request.app.state.installation
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}. Nothing was changed.")
    closed = close_by_agent(installation.store, ticket, caller, installation.desk.clock(), owed=owed)
    return answer(request, caller, ticket, status=200 if closed.stands else 409, said=closed.why)
