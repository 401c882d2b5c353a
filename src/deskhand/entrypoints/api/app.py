"""The application that `serve` runs: API and pages over one installation."""

import contextlib
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand import __version__
from deskhand.bootstrap import Installation, Operations
from deskhand.domain.errors import ConnectorError, UnknownTicket
from deskhand.entrypoints.api import (
    attachments,
    decisions,
    effects,
    health,
    hooks,
    mcp,
    merges,
    metrics,
    pauses,
    scim,
    systems,
    tickets,
    webhooks,
    widget,
)
from deskhand.entrypoints.api.body import BodyLimit
from deskhand.entrypoints.api.document import document
from deskhand.entrypoints.people import SignedOut
from deskhand.entrypoints.rights import stated
from deskhand.entrypoints.trouble import elsewhere
from deskhand.entrypoints.web import PAGES
from deskhand.entrypoints.web.bulk import offers
from deskhand.entrypoints.web.failed import failed
from deskhand.entrypoints.web.feed import Feed
from deskhand.entrypoints.web.sign_in import led_to_sign_in
from deskhand.entrypoints.widget import events, extras, script
from deskhand.entrypoints.widget.door import SiteDoor
from deskhand.entrypoints.widget.feed import Feed as Chats

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types fragments",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
CHAT = (widget, script, events, extras)
API = (health, metrics, webhooks, hooks, tickets, attachments, decisions, effects, merges, pauses, systems, scim, mcp)


def create_app(installation: Installation) -> FastAPI:
    """Each route states the right that it needs, or the door that it is; `Unstated` where one does not."""
    feed = Feed(installation.queries, partial(offers, installation))
    chats = Chats(installation.widget.talks.now_at, installation.widget.talks.changed)

    def end_streams() -> None:
        feed.end()
        chats.close()

    @contextlib.asynccontextmanager
    async def at_work(app: FastAPI) -> AsyncIterator[None]:
        async with feed.followed():
            yield

    app = Documented(title="Deskhand", version=__version__, docs_url=None, redoc_url=None, lifespan=at_work)
    app.state.installation, app.state.feed, app.state.chats = installation, feed, chats
    app.state.end_streams, app.state.operations = end_streams, Operations(installation)
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(CarefulHeaders)
    for module in (*API, *CHAT, *PAGES):
        app.include_router(module.router)

    app.state.rights = stated(app.routes)  # a route that states no right ends the start here
    app.add_middleware(SiteDoor, widget=installation.widget)

    @app.exception_handler(UnknownTicket)
    def unknown(request: Request, error: UnknownTicket) -> Response:
        return failed(request, 404, str(error))

    @app.exception_handler(ConnectorError)
    def away(request: Request, error: ConnectorError) -> Response:
        return failed(request, 502, elsewhere(error))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return failed(request, error.status_code, str(error.detail), error.headers)

    @app.exception_handler(RequestValidationError)
    def no_sense(request: Request, error: RequestValidationError) -> Response:
        """Where, and why; never what was sent, which may be a secret, or no text that could be sent back."""
        if "text/html" in request.headers.get("accept", ""):
            return failed(request, 422, "What was sent makes no sense here. Nothing was changed.")
        told = [{name: one[name] for name in ("type", "loc", "msg")} for one in error.errors()]
        return Response(json.dumps({"detail": told}), 422, media_type="application/json")

    @app.exception_handler(DataError)
    def not_kept(request: Request, error: DataError) -> Response:
        """A value that this database cannot hold, such as a zero byte in a text. Its transaction was taken back."""
        return failed(request, 422, "What was sent makes no sense here. Nothing was changed.")

    @app.exception_handler(SignedOut)
    def signed_out(request: Request, error: SignedOut) -> Response:
        return led_to_sign_in(request) or JSONResponse({"detail": error.detail}, 401)

    return app


class Documented(FastAPI):
    def openapi(self) -> dict[str, Any]:
        return document(self)


class CarefulHeaders:
    """On every answer; what a route says of itself is stricter. Plain ASGI, so that no stream is held back."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, careful if scope["type"] == "http" else send)
