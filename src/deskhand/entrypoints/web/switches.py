"""The kill switch: stop a scope with one click, the whole desk where none is named, or let it go on."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse

from deskhand.bootstrap import Installation
from deskhand.domain.pause import DESK
from deskhand.domain.ref import Ref
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import TOLD, inside
from deskhand.workflows.pause import pause, resume

router = APIRouter(include_in_schema=False)
LONGEST = 300  # characters of a ticket or a customer, as over the API


@router.post("/pauses", dependencies=[needs(Right.PAUSE)])
def switch(
    request: Request,
    caller: Author,
    deed: Annotated[Literal["pause", "resume"], Form()],
    scope: Annotated[str, Form()] = DESK,
    why: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    if deed == "pause" and not _known(installation, scope):
        raise HTTPException(422, "There is nothing of this name to pause. Nothing was changed.")
    if deed == "pause":
        reason = why.strip()[:TOLD] or "no reason given"
        told = str(pause(installation.store, scope, by=caller.id, why=reason, now=now))
    else:
        lifted = resume(installation.store, scope, by=caller.id, now=now)
        told = f"{scope} goes on again." if lifted else f"{scope} was not paused."
    address = request.url.replace(path=inside(next), query="").include_query_params(told=told)
    return RedirectResponse(address, 303)


def _known(installation: Installation, scope: str) -> bool:
    """What names nothing would stand on every page and stop nothing."""
    kind, _, name = scope.partition(":")
    match kind:
        case "action":
            return name in installation.desk.actions
        case "procedure":
            return name in installation.desk.procedures
        case "ticket" | "customer":
            return len(name) <= LONGEST and _is_ref(name)
        case _:
            return scope == DESK


def _is_ref(name: str) -> bool:
    try:
        Ref.parse(name)
    except ValueError:
        return False
    return True
