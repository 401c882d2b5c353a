"""MCP over streamable HTTP, as its smallest form: each request is answered at once, and no session is kept."""

import json
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.errors import DeskhandError
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.answers import body_of
from deskhand.entrypoints.api.webhooks import TooLarge, raw
from deskhand.entrypoints.mcp.protocol import INTERNAL, PARSE, VERSIONS, failure
from deskhand.entrypoints.mcp.tools import server_of
from deskhand.entrypoints.people import by_token
from deskhand.entrypoints.rights import needs

router = APIRouter()


def bearer(request: Request) -> Person:
    """By the header alone: a browser sends a cookie for whoever asks it to, and no page has business here."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    if origin and urlsplit(origin).netloc != host:
        raise HTTPException(
            403, "A page of another site has no business here. Nothing was done; call it from a program."
        )
    return by_token(request.app.state.installation, token if scheme.lower() == "bearer" else "").person


FAILED = {"content": {"application/json": {"schema": {"type": "object", "required": ["jsonrpc", "error"]}}}}


@router.post(
    "/mcp",
    responses={
        202: {"description": "Nothing is answered."},
        400: {"description": "It cannot be read.", **FAILED},
        413: {"description": "It is too large.", **FAILED},
    },
    openapi_extra=body_of("application/json"),
    dependencies=[needs(Right.READ)],
)
def post(
    request: Request,
    caller: Annotated[Person, Depends(bearer)],
    body: Annotated[bytes | TooLarge, Depends(raw)],
) -> Response:
    """The answer to one message; 202 for what wants none, 400 for a version of the protocol that is none of ours."""
    installation: Installation = request.app.state.installation
    if isinstance(body, TooLarge):
        return JSONResponse(failure(None, PARSE, str(body)), 413)
    if request.headers.get("mcp-protocol-version", VERSIONS[0]) not in VERSIONS:
        return JSONResponse(failure(None, PARSE, f"the versions spoken here are {', '.join(VERSIONS)}"), 400)
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return JSONResponse(failure(None, PARSE, "no JSON"), 400)
    try:
        answer = server_of(installation, caller).answer(message)
    except DeskhandError as error:
        answer = failure(message["id"], INTERNAL, f"{type(error).__name__}. Nothing was done.")
    if answer is None:
        return Response(status_code=202)
    return Response(json.dumps(answer), media_type="application/json")  # in ASCII: half a letter would not be sent
