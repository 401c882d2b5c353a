"""Is it up, and does the work get done?"""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter()


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """200 while the database answers and no run has failed for good; 503 with the reason otherwise."""
    counts: dict[str, Any] = request.app.state.installation.engine.counts()
    well = counts.get("failed", 0) == 0
    return JSONResponse({"ok": well, "runs": counts}, 200 if well else 503)
