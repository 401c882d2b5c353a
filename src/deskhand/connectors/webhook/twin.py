"""A receiver of our events on the other side: proves each signature and takes each id once."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.webhook.standard import signed, verify
from deskhand.domain.errors import Rejected

SECRET = "whsec_dHdpbnR3aW50d2ludHdpbnR3aW50d2ludHdpbg=="


class WebhookTwin:
    """`app` answers at any path. `deliveries` counts what came, repeats included."""

    def __init__(self, path: str, clock: Callable[[], datetime], keys: Sequence[bytes]):
        self.store, self.clock, self.keys = TwinStore(path), clock, keys
        self.deliveries = 0
        self.app = Starlette(routes=[Route("/{path:path}", self._take, methods=["POST"])])

    def events(self) -> list[dict[str, Any]]:
        """Oldest first, each once."""
        return [one["event"] for one in self.store.every("event")[::-1]]

    def says(self, id: str, body: bytes) -> tuple[dict[str, str], bytes]:
        """A delivery of this company's own, signed."""
        return signed(self.keys[:1], id, body, self.clock()), body

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            id = verify(self.keys, headers, body, self.clock())
        except Rejected as error:
            return JSONResponse({"detail": str(error)}, 401)
        with self.store.change():
            self.deliveries += 1
            if self.store.get("event", id) is None:
                number = self.store.count("event")
                self.store.put([("event", id, "", "", number, {"event": json.loads(body)})])
        return Response(status_code=204)
