"""The application that `serve` runs: API and pages over one installation."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from deskhand import __version__
from deskhand.bootstrap import Installation
from deskhand.domain.errors import ConnectorError, UnknownTicket
from deskhand.entrypoints.api import (
    attachments,
    decisions,
    effects,
    health,
    hooks,
    mcp,
    pauses,
    systems,
    tickets,
    webhooks,
    widget,
)
from deskhand.entrypoints.web import customers, files, opt_out, pages, receipts, summaries
from deskhand.entrypoints.widget import events, extras, script
from deskhand.entrypoints.widget.door import SiteDoor
from deskhand.entrypoints.widget.feed import Feed

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


def create_app(installation: Installation) -> FastAPI:
    """Everything wants a person's token but /health, /webhooks, /hooks, /sign-in, /receipts, /summaries, /unsubscribe,
    /openapi.json, the style sheet and /widget.js; /widget/ wants a visitor's, from a page that is listed."""
    app = FastAPI(title="Deskhand", version=__version__, docs_url=None, redoc_url=None)
    app.state.installation = installation
    talks = installation.widget.talks
    app.state.feed = Feed(talks.now_at, talks.changed)
    for module in (
        *(health, webhooks, hooks, widget, tickets, attachments, decisions, effects, pauses, systems, mcp),
        *(pages, customers, files, receipts, summaries, opt_out),
        *(script, events, extras),
    ):
        app.include_router(module.router)

    @app.middleware("http")
    async def careful_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # what a route says of itself is stricter
        return response

    app.add_middleware(SiteDoor, widget=installation.widget)

    @app.exception_handler(UnknownTicket)
    def unknown(request: Request, error: UnknownTicket) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, 404)

    @app.exception_handler(ConnectorError)
    def away(request: Request, error: ConnectorError) -> JSONResponse:
        return JSONResponse({"detail": f"Another system did not answer ({error}). Nothing was changed."}, 502)

    return app
