"""Suggestions that wait for an agent, and the agent's decision."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Reason, SuggestionState
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import Caller, within
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import needs
from deskhand.workflows.settle_decision import decide

router = APIRouter(prefix="/api/suggestions")


class Decision(BaseModel):
    """`seen` is the digest of the suggestion as it was shown; `text` the edited reply, or why it is rejected.

    `about` is the procedure that the message was about, when an edit or a rejection says that it was another one;
    `reason` the kind of reason of a rejection.
    """

    decision: Literal["approved", "edited", "rejected"]
    seen: str
    text: str = ""
    about: str = ""
    reason: Reason | None = None


@router.get("", dependencies=[needs(Right.READ)])
def pending(request: Request, caller: Caller) -> dict[str, Any]:
    """Everything that waits for a decision, oldest first. Whoever asks has had it on their screen."""
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        pending = list(tx.suggestions.pending())
        limits = within(installation, caller)
        if limits is not None:
            theirs = installation.queries.holding(limits, {one.ticket for one in pending})
            pending = [one for one in pending if one.ticket in theirs]
        for one in pending:
            tx.suggestions.show(one.id, caller.id, installation.desk.clock())
    return {"suggestions": plain(pending)}


@router.post("/{id}/decision", responses=answers(409), dependencies=[needs(Right.DECIDE, of="suggestion")])
def settle(id: str, asked: Decision, request: Request, caller: Caller) -> JSONResponse:
    """200 when it stands, 409 with the reason when it does not."""
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    state = SuggestionState(asked.decision)
    decided = decide(
        installation.store,
        id,
        state,
        caller,
        seen=asked.seen,
        text=asked.text,
        now=now,
        about=asked.about,
        procedures=installation.desk.procedures,
        adverse=installation.desk.adverse,
        reason=asked.reason,
    )
    return JSONResponse({"stands": decided.stands, "detail": decided.why}, 200 if decided.stands else 409)
