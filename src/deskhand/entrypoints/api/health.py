"""Is it up, can it work, and does the work get done?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from deskhand.bootstrap import Installation, ready
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import Door, open_to

router = APIRouter()


@router.get("/healthz", dependencies=[open_to(Door.ANYBODY)])
def lives() -> JSONResponse:
    """200 while this process answers at all: whoever gets none should start it again. It asks nothing else, so that a
    database that is away has no process killed."""
    return JSONResponse({"ok": True})


@router.get("/readyz", responses=answers(503), dependencies=[open_to(Door.ANYBODY)])
def can_work(request: Request) -> JSONResponse:
    """200 when requests may be sent here: the database answers, its tables are those of this version, a worker is
    alive or nothing has waited for long, and there is room on the disk; else 503, and which of them fails."""
    installation: Installation = request.app.state.installation
    found = ready(installation.engine, installation.settings.state, installation.desk.clock())
    return JSONResponse({"ok": found.ok, "checks": plain(found.checks)}, 200 if found.ok else 503)


@router.get("/health", responses=answers(503), dependencies=[open_to(Door.ANYBODY)])
def health(request: Request) -> JSONResponse:
    """200 while the database answers, 503 when it does not.

    `runs.failed` counts runs that ended in an error: each is an agent's task already, and no reason to stop a process.
    """
    installation: Installation = request.app.state.installation
    try:
        counts = installation.engine.counts()
    except SQLAlchemyError as error:
        return JSONResponse({"ok": False, "detail": f"the database does not answer: {type(error).__name__}"}, 503)
    return JSONResponse({"ok": True, "runs": plain(counts)})
