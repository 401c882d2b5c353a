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
def take(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """From now on the assistant does nothing on it. `on_its_way`: a reply that had begun before may still arrive."""
    installation = _known(ticket, request)
    taken = take_over(installation.store, ticket, caller, installation.desk.clock())
    return {"ticket": ticket, "before": taken.before, "on_its_way": taken.on_its_way}


@router.post("/{ticket}/give-back")
def give(ticket: str, request: Request, caller: Caller) -> dict[str, str]:
    """The assistant answers the next message again."""
    installation = _known(ticket, request)
    return {"ticket": ticket, "before": give_back(installation.store, ticket, caller, installation.desk.clock())}


def _known(ticket: str, request: Request) -> Installation:
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    return installation
