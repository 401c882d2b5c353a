"""Is it up, and does the work get done?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from deskhand.bootstrap import Installation
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import Door, open_to

router = APIRouter()


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
