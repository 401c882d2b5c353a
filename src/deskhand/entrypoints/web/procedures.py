"""One procedure: its text, what it is for, its steps, and how often it was followed."""

import re
from datetime import datetime, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation, procedure_files
from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.entrypoints.web.policies import DAYS
from deskhand.procedures.procedure import Procedure

router = APIRouter(include_in_schema=False)
ENDED = ("message.ended",)


@router.get("/procedures/{id}", dependencies=[needs(Right.READ)])
def procedure(id: str, request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    found = installation.desk.procedures.get(id)
    if found is None:
        raise HTTPException(404, f"There is no procedure {id[:200]}.")
    text, same = text_of(installation, found)
    since = installation.desk.clock() - timedelta(days=DAYS)
    values = {
        "procedure": found,
        "stage": installation.desk.rollout.stage([id]),
        "text": text,
        "same": same,
        "outcomes": _outcomes(installation, id, since),
        "days": DAYS,
        "titles": {name: kind.title for name, kind in installation.desk.actions.items()},
    }
    return page(request, caller, "procedure.html", values)


def text_of(installation: Installation, one: Procedure) -> tuple[str, bool]:
    """The text of its file, and whether it is what this desk was started with; "" when there is none any more."""
    try:
        files = procedure_files(installation.settings.folder)
    except DeskFault:
        return "", False
    for text in files.values():
        if digest(text) == one.digest:
            return text, True
    named = re.compile(rf"^id:\s*[\"']?{re.escape(one.id)}[\"']?\s*(?:#.*)?$", re.MULTILINE)
    return next((text for text in files.values() if named.search(text)), ""), False


def _outcomes(installation: Installation, id: str, since: datetime) -> dict[str, int]:
    """How the messages ended that it was followed for; the last ending of each counts."""
    ended: dict[tuple[str, str], str] = {}
    for line in installation.queries.lately(ENDED, since):
        if id in line.body["procedures"]:
            ended[line.ticket, str(line.body["message"])] = str(line.body["outcome"])
    found: dict[str, int] = {}
    for outcome in ended.values():
        found[outcome] = found.get(outcome, 0) + 1
    return found
