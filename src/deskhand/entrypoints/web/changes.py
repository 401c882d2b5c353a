"""Versions of the desk folder: who wrote them, what differs, what tests say, and the button of the second person."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from deskhand.bootstrap import Installation
from deskhand.bootstrap.versions import approving
from deskhand.domain.journal_line import Broken
from deskhand.domain.rights import Right
from deskhand.entrypoints.differing import differing, texts
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import TOLD, page
from deskhand.rollout.control import State, demanded, held_back
from deskhand.workflows.changes import all_versions, approve
from deskhand.workflows.promote import same_person

router = APIRouter(include_in_schema=False)
SHOWN = 50  # versions; `deskhand changes` has all
Id = Annotated[str, Query(pattern=r"^[0-9a-f]{0,64}$")]


@router.get("/changes", dependencies=[needs(Right.READ)])
def changes(request: Request, caller: Caller, id: Id = "") -> HTMLResponse:
    """The version that is named with its difference; the newest one where none is."""
    installation: Installation = request.app.state.installation
    lines, control = installation.queries.changes(), installation.desk.control
    found = [] if isinstance(lines, Broken) else all_versions(lines)
    one = next((each for each in found if each.id == id), None) if id else next(iter(found), None)
    if id and one is None:
        raise HTTPException(404, "There is no such version.")
    with installation.store.begin() as tx:
        old, new = (tx.versions.files(each) if each else {} for each in ((one.before, one.id) if one else ("", "")))
    roles = approving(installation.settings).roles
    values = {
        "versions": found[:SHOWN],
        "one": one,
        "files": list(differing(texts(old), texts(new))) if one and one.before else [],
        "at_work": control.digest,
        "required": demanded(control, {each.id: each for each in found}),
        "held": held_back(control, lines),
        "forged": lines if isinstance(lines, Broken) else None,
        "approves": not roles or bool(roles & caller.roles),
        "waits": one is not None and one.state is State.SUBMITTED,
        "other": one is not None and not same_person(one.author, caller.id),
    }
    return page(request, caller, "changes.html", values)


@router.post("/changes/approve", dependencies=[needs(Right.APPROVE)])
def approving_it(request: Request, caller: Author, id: Annotated[str, Form()]) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    answer = approve(installation.store, id, approving(installation.settings), person=caller, now=now)
    address = request.url.replace(path="/changes", query="").include_query_params(told=answer.told[:TOLD])
    return RedirectResponse(address, 303)
