"""Is it up, and does the work get done?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from deskhand.bootstrap import Installation
from deskhand.entrypoints.printing import plain

router = APIRouter()


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """200 while the database answers and no run has failed for good; 503 with the reason otherwise."""
    installation: Installation = request.app.state.installation
    counts = installation.engine.counts()
    well = counts.failed == 0
    return JSONResponse({"ok": well, "runs": plain(counts)}, 200 if well else 503)
