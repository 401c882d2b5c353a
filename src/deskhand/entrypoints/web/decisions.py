"""An agent's click on a suggestion: approve, edit or reject."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Reason, SuggestionState
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.changed_since import changed_since
from deskhand.workflows.settle_decision import decide

router = APIRouter(include_in_schema=False)


@router.post("/suggestions/{id}", dependencies=[needs(Right.DECIDE, of="suggestion")])
def settle(
    id: str,
    request: Request,
    caller: Author,
    decision: Annotated[Literal["approved", "edited", "rejected"], Form()],
    seen: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    reason: Annotated[Reason | Literal[""], Form()] = "",
) -> Response:
    """The form always holds a reply, and only an edit means it; 409 with what is true now when it does not stand."""
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        suggestion = tx.suggestions.get(id)
    if suggestion is None:
        raise HTTPException(404, "There is no such suggestion. Nothing was sent.")
    state = SuggestionState(decision)
    words = {SuggestionState.EDITED: text, SuggestionState.REJECTED: why}.get(state, "")
    decided = decide(
        installation.store,
        id,
        state,
        caller,
        seen=seen,
        text=words,
        now=installation.desk.clock(),
        about=about,
        procedures=installation.desk.procedures,
        adverse=installation.desk.adverse,
        reason=Reason(reason) if reason else None,
    )
    mine = text if state is SuggestionState.EDITED and not decided.stands else ""
    status = 200 if decided.stands else 409
    changes = () if decided.stands else changed_since(installation.store, suggestion)
    return answer(request, caller, suggestion.ticket, status=status, said=decided.why, mine=mine, changes=changes)
