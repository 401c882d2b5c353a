"""What happens in a conversation, pushed to its visitor: each message once, and how things stand when that changes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from deskhand.bootstrap import Installation
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.widget.feed import Feed
from deskhand.entrypoints.widget.view import view
from deskhand.entrypoints.widget.visiting import ConversationId, Visiting, theirs, who

router = APIRouter(prefix="/widget")
HEARTBEAT = 15.0  # seconds
UNASKED = 4  # heartbeats until it is looked again though nothing woke us: a question may have expired
LIVES = 300.0  # seconds: then the visitor comes again, and shows a token that is good still
MOST = 12  # streams of one visitor at one process
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@router.get("/conversations/{id}/events", dependencies=[open_to(Door.VISITOR)])
async def events(
    id: ConversationId, request: Request, visitor: Visiting, after: Annotated[int, Query(ge=0)] = 0
) -> StreamingResponse:
    """A text/event-stream. `after`: the number of the newest message that is known; it comes once more, since its
    sources may have come later. A stream ends after a while: come again with what is known by then."""
    installation: Installation = request.app.state.installation
    feed: Feed[Any] = request.app.state.chats
    ticket = str((await run_in_threadpool(theirs, request, visitor, id)).ref)
    name = who(request, visitor)
    if feed.watched_by(name) >= MOST:
        raise HTTPException(429, f"{MOST} windows watch already. Close one.", {"retry-after": "30"})
    told = stream(feed, ticket, name, lambda: view(installation, ticket, visitor), after)
    return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)


async def stream(
    feed: Feed[Any],
    ticket: str,
    name: str,
    look: Callable[[], dict[str, Any]],
    after: int,
    heartbeat: float = HEARTBEAT,
) -> AsyncIterator[str]:
    """Watch first, look second: nothing falls in between."""
    sent: dict[str, Any] = {}
    stands: dict[str, Any] = {}
    loop = asyncio.get_running_loop()
    until = loop.time() + LIVES
    async with feed.watching(ticket, name) as woken:
        silent = 0
        while not feed.closed and loop.time() < until:
            woken.clear()
            if silent % UNASKED == 0:
                shown = await run_in_threadpool(look)
                messages = [
                    one for one in shown.pop("messages") if one["number"] >= after and sent.get(one["id"]) != one
                ]
                if messages or shown != stands:
                    yield f"data: {json.dumps({**shown, 'messages': messages})}\n\n"
                sent |= {one["id"]: one for one in messages}
                stands = shown
            try:
                await asyncio.wait_for(woken.wait(), heartbeat)
                silent = 0
            except TimeoutError:
                silent += 1
                yield ": still here\n\n"
