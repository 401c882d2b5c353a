"""Taking a deed back: one click, judged by policy."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import sees
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import wants_parts
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.by_click import Ending
from deskhand.workflows.undo import start_undo

router = APIRouter(include_in_schema=False)


@router.post("/effects/undo", dependencies=[needs(Right.DECIDE)])
def undo(request: Request, caller: Author, key: Annotated[str, Form()]) -> Response:
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        effect = tx.ledger.effect(key)
    if effect is None or not sees(installation, caller, effect.ticket):
        raise HTTPException(404, "There is no such effect. Nothing was changed.")
    undone = start_undo(installation.desk, key, caller)
    told = (
        "It is being taken back; see below." if undone.end is Ending.STARTED else f"Nothing was changed: {undone.why}"
    )
    if wants_parts(request):
        status = 200 if undone.end is Ending.STARTED else 409
        said = "It is being taken back." if status == 200 else told
        return answer(request, caller, effect.ticket, status=status, said=said)
    address = request.url_for("ticket", ticket=effect.ticket).include_query_params(told=told)
    return RedirectResponse(address, 303)
