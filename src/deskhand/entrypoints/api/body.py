"""How much of a request is held in memory before anybody knows who sent it."""

import re

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1024 * 1024  # bytes
TOLD = f"A request has {LARGEST:,} bytes at most. Nothing was looked at."
COUNTED_THERE = re.compile(r"/mcp|/(?:webhooks|hooks)/.*|/widget/conversations/[^/]*/files")


class BodyLimit:
    """413 for what is larger, whether it says so or not. The routes that read their own body count it themselves."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or COUNTED_THERE.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        claimed = Headers(scope=scope).get("content-length", "0")
        if claimed.isdecimal() and int(claimed[:20]) > LARGEST:
            await JSONResponse({"detail": TOLD}, 413)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > LARGEST:
                raise HTTPException(413, TOLD)
            return message

        await self.app(scope, counted, send)
