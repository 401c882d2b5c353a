"""Deliveries of other systems: verified, filed once, answered at once. The work comes later."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from deskhand.bootstrap import Installation
from deskhand.domain.errors import Forged, Malformed, Rejected, Stale
from deskhand.entrypoints.answers import answers, body_of
from deskhand.entrypoints.pace import count_delivery, forged_before, note_forged
from deskhand.entrypoints.rights import Door, open_to
from deskhand.workflows.billing_event import take_billing_event
from deskhand.workflows.take_in import take_in

router = APIRouter(prefix="/webhooks")
LARGEST = 8 * 1024 * 1024  # bytes of one delivery


class TooLarge(Rejected):
    """More than we are willing to hold."""


async def raw(request: Request) -> bytes | TooLarge:
    """The bytes as they came: a signature covers these, not what a parser makes of them."""
    too_large = TooLarge(f"more than {LARGEST} bytes")
    if int(request.headers.get("content-length", "0")[:20]) > LARGEST:
        return too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return too_large
    return bytes(body)


@router.post(
    "/{system}",
    responses=answers(202),
    openapi_extra=body_of("application/json"),
    dependencies=[open_to(Door.SYSTEM), Depends(forged_before)],
)
def deliver(system: str, request: Request, body: Annotated[bytes | TooLarge, Depends(raw)]) -> JSONResponse:
    """202 when filed, 200 when known before or none of our business; 401, 400, 413, 404, 429 with nothing filed."""
    installation: Installation = request.app.state.installation
    if isinstance(body, TooLarge):
        return JSONResponse({"filed": False, "detail": "too large"}, 413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = receive(installation, system, headers, body, installation.desk.clock())
    if answer.status_code == 401:
        note_forged(request)
    return answer


def receive(
    installation: Installation, system: str, headers: dict[str, str], body: bytes, now: datetime
) -> JSONResponse:
    """The same without HTTP around it."""
    verify, verify_event = installation.doors.get(system), installation.systems.events.get(system)
    try:
        if verify_event:
            event = verify_event(headers, body, now)
            count_delivery(installation, f"webhooks/{system}")
            filed = take_billing_event(installation.store, event, now)
            return JSONResponse({"filed": filed}, 202 if filed else 200)
        if verify is None:
            return JSONResponse({"filed": False, "detail": "no such door"}, 404)
        delivery = verify(headers, body, now)
    except (Forged, Stale):
        return JSONResponse({"filed": False, "detail": "not accepted"}, 401)
    except Malformed:
        return JSONResponse({"filed": False, "detail": "cannot be read"}, 400)
    count_delivery(installation, f"webhooks/{system}")
    if delivery is None:
        return JSONResponse({"filed": False, "detail": "nothing to do"}, 200)
    filed = take_in(installation.store, delivery)
    return JSONResponse({"filed": filed}, 202 if filed else 200)
