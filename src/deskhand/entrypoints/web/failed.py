"""What somebody hears when a page could not be shown, or a form not be taken: what was not done, in their language."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from deskhand.entrypoints.web.frame import outside, reader, wants_parts
from deskhand.entrypoints.web.sentences import said_in

PROGRAMS = ("/api/", "/widget/", "/webhooks/", "/hooks/", "/scim/", "/mcp")


def failed(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page for a browser that wants one; our own script and every program get JSON, programs in English."""
    ours = not request.url.path.startswith(PROGRAMS)
    if ours and not wants_parts(request) and "text/html" in request.headers.get("accept", ""):
        page = outside(request, "failed.html", {"detail": detail}, status)
        page.headers.update(headers or {})
        return page
    told = said_in(detail, reader(request).language) if ours and wants_parts(request) else detail
    return JSONResponse({"detail": told}, status, headers=dict(headers or {}))
