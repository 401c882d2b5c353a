"""What was done on a ticket, and taking it back."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from deskhand.bootstrap import Installation
from deskhand.domain.effect import WORDS, Effect
from deskhand.domain.errors import UnknownTicket
from deskhand.domain.rights import Right
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import needs
from deskhand.execution.kind import NoUndo
from deskhand.workflows.by_click import Ending
from deskhand.workflows.undo import start_undo, way_back

router = APIRouter(prefix="/api")


@router.get("/tickets/{ticket}/effects", dependencies=[needs(Right.READ)])
def effects(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """Every effect but letters, oldest first; `undo` says whether it can be taken back, and else why not."""
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    with installation.store.begin() as tx:
        found = [one for one in tx.ledger.of_ticket(ticket) if one.action not in WORDS]
    return {"effects": [_told(installation, one) for one in found]}


@router.post(
    "/effects/{key:path}/undo",
    status_code=202,
    responses=answers(409),
    dependencies=[needs(Right.DECIDE, of="effect")],
)
def undo(key: str, request: Request, caller: Caller) -> JSONResponse:
    """202 when the work was started, with the key of its run; 409 with the reason when it cannot be."""
    installation: Installation = request.app.state.installation
    undone = start_undo(installation.desk, key, caller)
    started = undone.end is Ending.STARTED
    return JSONResponse({"end": str(undone.end), "detail": undone.why}, 202 if started else 409)


def _told(installation: Installation, effect: Effect) -> dict[str, Any]:
    way = way_back(installation.desk, effect, installation.desk.clock())
    undo = {"possible": False, "why": way.why} if isinstance(way, NoUndo) else {"possible": True, "by": way.name}
    told: dict[str, Any] = plain(effect)
    return {**told, "undo": undo}
