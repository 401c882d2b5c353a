"""The kill switch over HTTP: what is paused, pausing, and letting go on."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import needs
from deskhand.workflows.pause import pause, resume, scope_of

router = APIRouter(prefix="/api/pauses")


class Scope(BaseModel):
    """One action, procedure, ticket or customer (as `Ref`s), or the whole desk when none is named."""

    action: str = Field("", max_length=200)
    procedure: str = Field("", max_length=200)
    ticket: str = Field("", max_length=300)
    customer: str = Field("", max_length=300)

    def named(self) -> str:
        """422 for several, and for what is no `Ref`."""
        try:
            return scope_of(self.action, self.procedure, self.ticket, self.customer)
        except ValueError as error:
            raise HTTPException(422, f"{error}. Nothing was paused or resumed.") from None


class Stop(Scope):
    why: str = Field(min_length=1, max_length=300)


@router.get("", dependencies=[needs(Right.READ)])
def standing(request: Request, caller: Caller) -> dict[str, Any]:
    """Everything that is paused, oldest first."""
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        return {"pauses": plain(list(tx.pauses.standing()))}


@router.post("", responses=answers(404), dependencies=[needs(Right.PAUSE)])
def stop(asked: Stop, request: Request, caller: Caller) -> JSONResponse:
    """200 with the pause that stands now; 404 for a name that this desk does not know: nothing was paused."""
    installation: Installation = request.app.state.installation
    desk = installation.desk
    if (asked.action and asked.action not in desk.actions) or (
        asked.procedure and asked.procedure not in desk.procedures
    ):
        return JSONResponse({"detail": "This desk has no such action or procedure. Nothing was paused."}, 404)
    made = pause(installation.store, asked.named(), by=caller.id, why=asked.why, now=desk.clock())
    return JSONResponse({"pause": plain(made)})


@router.delete("", dependencies=[needs(Right.PAUSE)])
def go_on(asked: Scope, request: Request, caller: Caller) -> dict[str, Any]:
    """`resumed` is false when it was not paused."""
    installation: Installation = request.app.state.installation
    scope = asked.named()
    lifted = resume(installation.store, scope, by=caller.id, now=installation.desk.clock())
    return {"scope": scope, "resumed": lifted}
