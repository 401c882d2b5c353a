"""HTTP to an application in the same process: the client sends real requests, and no socket is opened."""

import asyncio
import threading
from functools import cache
from typing import Any

import httpx2

Asgi = Any  # an ASGI application


class InProcess(httpx2.BaseTransport):
    """Calls `app` on a loop that all such transports share, one thread for the life of the process."""

    def __init__(self, app: Asgi):
        self.app = app

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = request.read()
        return asyncio.run_coroutine_threadsafe(_call(self.app, request, body), _loop()).result()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="in-process-http", daemon=True).start()
    return loop


async def _call(app: Asgi, request: httpx2.Request, body: bytes) -> httpx2.Response:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.split(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (request.url.host, request.url.port),
        "client": ("127.0.0.1", 0),
    }
    sent: dict[str, Any] = {"status": 500, "headers": [], "body": bytearray()}

    parts = [{"type": "http.request", "body": body, "more_body": False}]
    answered = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if parts:
            return parts.pop()
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            sent.update(status=message["status"], headers=message.get("headers", []))
        else:
            sent["body"] += message.get("body", b"")
            if not message.get("more_body"):
                answered.set()

    await app(scope, receive, send)
    return httpx2.Response(sent["status"], headers=sent["headers"], content=bytes(sent["body"]), request=request)
