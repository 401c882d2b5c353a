"""The one script that a page of the company's loads."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

import deskhand.entrypoints.web

router = APIRouter(include_in_schema=False)
SCRIPT = Path(deskhand.entrypoints.web.__file__).parent / "static" / "widget.js"
HEADERS = {
    "cache-control": "public, max-age=300",  # its address stays, so a new version must reach pages soon
    "access-control-allow-origin": "*",  # a module is fetched with CORS
    "cross-origin-resource-policy": "cross-origin",
}


@router.get("/widget.js")
def script() -> FileResponse:
    return FileResponse(SCRIPT, media_type="text/javascript", headers=HEADERS)
