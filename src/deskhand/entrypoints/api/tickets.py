"""Tickets and their timelines; taking one over, and giving it back."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from deskhand.bootstrap import Installation
from deskhand.domain.errors import UnknownTicket
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.printing import plain
from deskhand.workflows.take_over import give_back, take_over

router = APIRouter(prefix="/api/tickets")


@router.get("")
def overview(request: Request, caller: Caller, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> dict[str, Any]:
    """The tickets that changed last."""
    installation: Installation = request.app.state.installation
    return {"tickets": plain(installation.queries.tickets(limit=limit))}


@router.get("/{ticket}")
def timeline(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """What happened on one ticket, line by line."""
    installation: Installation = request.app.state.installation
    lines = installation.queries.timeline(ticket)
    if not lines:
        raise UnknownTicket(f"There is no ticket {ticket}.")
    return {"ticket": ticket, "lines": plain(lines)}


@router.post("/{ticket}/take-over")
def take(ticket: str, request: Request, caller: Caller) -> dict[str, str]:
    """From now on the assistant does nothing on it."""
    return _give(ticket, request, caller, take_over)


@router.post("/{ticket}/give-back")
def give(ticket: str, request: Request, caller: Caller) -> dict[str, str]:
    """The assistant answers the next message again."""
    return _give(ticket, request, caller, give_back)


def _give(ticket: str, request: Request, caller: Caller, deed: Any) -> dict[str, str]:
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    before = deed(installation.store, ticket, caller, installation.desk.clock())
    return {"ticket": ticket, "before": before}
