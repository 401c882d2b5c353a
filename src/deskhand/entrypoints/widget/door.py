"""Which pages may call the chat's addresses: those of a site that `desk.toml` lists, and no others."""

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.bootstrap.channels.widget import Widget

PREFIX = "/widget/"
PREFLIGHT = {
    "access-control-allow-headers": "authorization, content-type",
    "access-control-allow-methods": "GET, POST",
    "access-control-max-age": "600",
}


class SiteDoor:
    """In front of everything else: a page that is not listed hears 403, whatever it asks for. A caller that is no page
    sends no Origin, and is let in to show its token."""

    def __init__(self, app: ASGIApp, widget: Widget):
        self.app, self.widget = app, widget

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:
            await self.app(scope, receive, send)
            return
        if not self.widget.lists(site_of(scope), origin):
            refused = {"detail": "This page is not listed for the site that it names. Nothing was looked at."}
            await JSONResponse(refused, 403, {"vary": "origin"})(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers={**allowed(origin), **PREFLIGHT})
            await answer(scope, receive, send)
            return

        async def with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowed(origin))
            await send(message)

        await self.app(scope, receive, with_cors)


def allowed(origin: str) -> dict[str, str]:
    """For an origin that was found in the list."""
    return {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "retry-after",
        "cross-origin-resource-policy": "cross-origin",
        "vary": "origin",
    }


def site_of(scope: Scope) -> str:
    """The key that the page gives: a preflight carries no headers of its own, so it stands in the address."""
    path = scope["path"].removeprefix(PREFIX).split("/")
    if path[1:] == ["session"]:
        return str(path[0])
    given = parse_qs(scope["query_string"].decode("latin-1")).get("site", [""])
    return given[0] if len(given) == 1 else ""
