"""Messages of channels that we host: proved, kept in their conversation, answered at once. The work comes later."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.errors import Forged, Malformed, Stale
from deskhand.domain.incoming import Challenge
from deskhand.entrypoints.answers import answers, body_of
from deskhand.entrypoints.api.webhooks import TooLarge, raw
from deskhand.entrypoints.pace import count_delivery, count_requester, forged_before, note_forged
from deskhand.entrypoints.rights import Door, open_to

router = APIRouter(prefix="/hooks")


TEXTS = {media: {"schema": {"type": "string"}} for media in ("text/plain", "text/xml", "application/xml")}


@router.post(
    "/{name}",
    responses={200: {"content": TEXTS}, **answers(202)},
    openapi_extra=body_of("application/json"),
    dependencies=[open_to(Door.SYSTEM), Depends(forged_before)],
)
def deliver(name: str, request: Request, body: Annotated[bytes | TooLarge, Depends(raw)]) -> Response:
    """202 when filed, 200 when known before or none of our business; 400, 401, 404, 413, 429 with nothing filed. A
    service that wants to hear something particular hears it with 200."""
    installation: Installation = request.app.state.installation
    if isinstance(body, TooLarge):
        return JSONResponse({"filed": False, "detail": "too large"}, 413)
    door = installation.channels.doors.get(name)
    if door is None:
        return JSONResponse({"filed": False, "detail": "no such door"}, 404)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        incoming = door.read(headers, body, installation.desk.clock())
    except (Forged, Stale):
        note_forged(request)
        return JSONResponse({"filed": False, "detail": "not accepted"}, 401)
    except Malformed:
        return JSONResponse({"filed": False, "detail": "cannot be read"}, 400)
    count_delivery(installation, f"hooks/{name}")
    if isinstance(incoming, Challenge):
        return PlainTextResponse(incoming.answer)
    if incoming is not None:
        count_requester(installation, incoming)
    filed = incoming is not None and installation.channels.take(installation.desk, incoming)
    if door.answer:
        media, text = door.answer
        return Response(text, media_type=media)
    return JSONResponse({"filed": filed}, 202 if filed else 200)
