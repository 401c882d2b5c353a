"""An agent's click on a suggestion: approve, edit or reject."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from deskhand.bootstrap import Installation
from deskhand.domain.suggestion import SuggestionState
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.inbox import answer
from deskhand.workflows.settle_decision import decide

router = APIRouter(include_in_schema=False)


@router.post("/suggestions/{id}")
def settle(
    id: str,
    request: Request,
    caller: Author,
    decision: Annotated[Literal["approved", "edited", "rejected"], Form()],
    seen: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
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
    )
    mine = text if state is SuggestionState.EDITED and not decided.stands else ""
    status = 200 if decided.stands else 409
    return answer(request, caller, suggestion.ticket, status=status, said=decided.why, mine=mine)
