"""Merging a ticket into another one of the same customer, by hand."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import Caller, sees
from deskhand.entrypoints.rights import needs
from deskhand.workflows.by_click import Ending
from deskhand.workflows.merge import start_merge

router = APIRouter(prefix="/api/tickets")


class Merge(BaseModel):
    """`into`: the ticket that stays, as `zendesk:ticket:7`."""

    into: str = Field(min_length=1, max_length=200)


@router.post("/{ticket}/merge", status_code=202, responses=answers(409), dependencies=[needs(Right.DECIDE)])
def merge(ticket: str, asked: Merge, request: Request, caller: Caller) -> JSONResponse:
    """202 when the work was started, with the key of its run; 409 with the reason when it cannot be."""
    installation: Installation = request.app.state.installation
    if not sees(installation, caller, asked.into):
        raise HTTPException(404, f"There is no ticket {asked.into[:200]}.")
    clicked = start_merge(installation.desk, ticket, asked.into, caller)
    started = clicked.end is Ending.STARTED
    return JSONResponse({"end": str(clicked.end), "detail": clicked.why}, 202 if started else 409)
