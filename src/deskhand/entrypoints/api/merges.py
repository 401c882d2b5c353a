"""Merging a ticket into another one of the same customer, by hand."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.entrypoints.people import Caller
from deskhand.workflows.by_click import Ending
from deskhand.workflows.merge import start_merge

router = APIRouter(prefix="/api/tickets")


class Merge(BaseModel):
    """`into`: the ticket that stays, as `zendesk:ticket:7`."""

    into: str = Field(min_length=1, max_length=200)


@router.post("/{ticket}/merge")
def merge(ticket: str, asked: Merge, request: Request, caller: Caller) -> JSONResponse:
    """202 when the work was started, with the key of its run; 409 with the reason when it cannot be."""
    installation: Installation = request.app.state.installation
    clicked = start_merge(installation.desk, ticket, asked.into, caller)
    started = clicked.end is Ending.STARTED
    return JSONResponse({"end": str(clicked.end), "detail": clicked.why}, 202 if started else 409)
