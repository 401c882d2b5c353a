"""The live feed: new lines of the journal become server-sent events that name a ticket and its queues, and no more.

One poller a process reads the journal, so processes share nothing but the database.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from deskhand.bootstrap.installation import Queries
from deskhand.entrypoints.people import Caller

router = APIRouter(include_in_schema=False)
log = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds between two signs of life on a quiet stream
LOOK = 0.25  # seconds between two looks at the journal
REPLAY = 500  # tickets told again to whoever comes back; who missed more loads the page anew
QUEUE = 100  # events a slow reader may be behind; then its stream ends, and it comes back


@dataclass(frozen=True)
class Event:
    """`number` of the line; `views` are the queues that the ticket is in now, `people` those in whose own it is."""

    number: int
    ticket: str
    views: tuple[str, ...]
    people: tuple[str, ...]


class Feed:
    """What the tabs of this process are told. `seen`: the newest line that was read."""

    def __init__(self, queries: Queries):
        self._queries = queries
        self._tabs: set[asyncio.Queue[Event | None]] = set()
        self.seen = queries.newest()

    @contextlib.asynccontextmanager
    async def followed(self) -> AsyncIterator[None]:
        """At work for as long as the block lasts."""
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            self.end()
            task.cancel()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if not self._tabs:
                continue
            try:
                found = await run_in_threadpool(self._since, self.seen, REPLAY)
            except Exception:  # a database that is busy or away must not end the feed: the next look sees it all
                log.warning("the journal could not be looked at; trying again", exc_info=True)
                continue
            for event in found:
                self.seen = max(self.seen, event.number)
                for tab in list(self._tabs):
                    self._tell(tab, event)

    def end(self) -> None:
        """Every stream ends now: the server stops, and waits for none of them."""
        for tab in list(self._tabs):
            self._drop(tab)

    async def stream(self, after: int | None) -> AsyncIterator[str]:
        """The events behind `after`, then each new one; a comment where nothing happens."""
        tab: asyncio.Queue[Event | None] = asyncio.Queue(QUEUE)
        if not self._tabs:
            self.seen = await run_in_threadpool(self._queries.newest)
        self._tabs.add(tab)  # joined first, the past read second: no gap, and what comes twice is left out
        try:
            yield "retry: 2000\n\n"
            newest = await run_in_threadpool(self._queries.newest)
            sent = newest if after is None else after
            missed = await run_in_threadpool(self._since, sent, REPLAY + 1)
            if len(missed) > REPLAY:
                sent, missed = newest, []
                yield _written(sent, {"id": sent, "reset": True})
            for event in missed:
                sent = event.number
                yield _told(event)
            while True:
                try:
                    next_one = await asyncio.wait_for(tab.get(), HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if next_one is None:
                    return
                if next_one.number > sent:
                    sent = next_one.number
                    yield _told(next_one)
        finally:
            self._tabs.discard(tab)

    def _since(self, after: int, limit: int) -> list[Event]:
        found = []
        for number, ticket in self._queries.changed(after, limit):
            row = self._queries.row(ticket)
            views, people = (row.views(), row.theirs()) if row else (frozenset(), frozenset())
            found.append(Event(number, ticket, tuple(sorted(views)), tuple(sorted(people))))
        return found

    def _tell(self, tab: asyncio.Queue[Event | None], event: Event) -> None:
        if tab.full():
            self._drop(tab)
        else:
            tab.put_nowait(event)

    def _drop(self, tab: asyncio.Queue[Event | None]) -> None:
        self._tabs.discard(tab)
        if tab.full():
            tab.get_nowait()
        tab.put_nowait(None)


@router.get("/events")
def events(
    request: Request,
    caller: Caller,
    after: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    last_event_id: Annotated[int | None, Header(ge=0, le=2**53)] = None,
) -> StreamingResponse:
    """What happens at this desk, as it happens, by ticket."""
    feed: Feed = request.app.state.feed
    since = last_event_id if last_event_id is not None else after
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(feed.stream(since), media_type="text/event-stream", headers=headers)


def _told(event: Event) -> str:
    told = {"id": event.number, "ticket": event.ticket, "views": event.views, "people": event.people}
    return _written(event.number, told)


def _written(number: int, data: dict[str, object]) -> str:
    return f"id: {number}\ndata: {json.dumps(data)}\n\n"
