"""For a monitoring system: what this desk does and how it stands, as Prometheus reads it."""

import hmac
from ipaddress import ip_address

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse

from deskhand.bootstrap import Installation, Operations
from deskhand.entrypoints.api.exposition import TYPE, exposition
from deskhand.entrypoints.rights import Door, open_to

router = APIRouter()
HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})  # names by which a machine speaks to itself
UNSET = "Only this machine itself may ask. Set DESKHAND_METRICS_TOKEN to ask from elsewhere."
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@router.get("/metrics", response_class=PlainTextResponse, dependencies=[open_to(Door.METRICS)])
def metrics(request: Request) -> PlainTextResponse:
    """Wants the token in DESKHAND_METRICS_TOKEN, and no person's. While there is none, only this machine itself may
    ask, by no proxy and under no other name: whoever is let in by a proxy would be from this machine, too."""
    installation: Installation = request.app.state.installation
    token = installation.settings.metrics_token
    if not (_holds(request, token) if token else _from_here(request)):
        wanted = "It takes the token in DESKHAND_METRICS_TOKEN." if token else UNSET
        raise HTTPException(401, wanted, {"www-authenticate": "Bearer"})
    operations: Operations = request.app.state.operations
    tally, now = operations.look()
    return PlainTextResponse(exposition(tally, now, installation.desk.clock()), media_type=TYPE)


def _holds(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(errors="replace"), token.encode())


def _from_here(request: Request) -> bool:
    name = request.headers.get("host", "").lower()
    host = name if name.endswith("]") else name.rpartition(":")[0] or name
    return host in HERE and not any(one in request.headers for one in PASSED_ON) and _loopback(request)


def _loopback(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
