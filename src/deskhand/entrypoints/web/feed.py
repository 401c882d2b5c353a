"""The live feed: new lines of the journal become server-sent events, each with its ticket's line in a queue.

One poller a process reads the journal, so processes share nothing but the database. What a queue shows of a ticket goes
out with the event, drawn once for all who read alike: a request for it by each of many tabs would be most of the work.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from deskhand.bootstrap import Installation
from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.queue import QueueRow, View
from deskhand.domain.rights import Right, may
from deskhand.domain.suggestion import Person
from deskhand.domain.within import Within
from deskhand.entrypoints.people import Caller, SignedOut, signed, within
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.bulk import Offer
from deskhand.entrypoints.web.frame import KEYS, THEMES, Reader, environment, reader

router = APIRouter(include_in_schema=False)
log = logging.getLogger(__name__)
HEARTBEAT = 15.0  # seconds between two signs of life on a quiet stream
LOOK = 0.25  # seconds between two looks at the journal
REPLAY = 500  # tickets told again to whoever comes back; who missed more loads the page anew
QUEUE = 100  # events a slow reader may be behind; then its stream ends, and it comes back
COUNT = 1.0  # seconds between two counts of what waits, which cost more than a look


@dataclass(frozen=True)
class Event:
    """`number` of the line; `row` is the ticket as a queue shows it, None where no queue does."""

    number: int
    ticket: str
    row: QueueRow | None


@dataclass(frozen=True)
class Waiting:
    """What the queues hold now: `mine` by person; `offers` to approve several at once."""

    counts: Mapping[View, int]
    mine: Mapping[str, int]
    offers: Sequence[Offer]


@dataclass(eq=False)
class Tab:
    """Whoever listens, how they read, and which queues they see; `still` says whether they may still listen."""

    person: Person
    reader: Reader
    within: Within | None
    still: Callable[[], bool]
    news: asyncio.Queue[Event | Waiting | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))


def always() -> bool:
    return True


class Feed:
    """What the tabs of this process are told. `seen`: the newest line that was read. `offers` finds what can be
    approved at once."""

    def __init__(self, queries: Queries, offers: Callable[[], Sequence[Offer]]):
        self._queries, self._offers = queries, offers
        self._tabs: set[Tab] = set()
        self._counted, self._to_count = 0.0, False
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
                for one in await self._look():
                    for tab in list(self._tabs):
                        self._tell(tab, one)
            except Exception:  # a database that is busy or away must not end the feed: the next look sees it all
                log.warning("the journal could not be looked at; trying again", exc_info=True)

    async def _look(self) -> list[Event | Waiting]:
        now = asyncio.get_running_loop().time()
        found: list[Event | Waiting] = []
        for event in await run_in_threadpool(self._since, self.seen, REPLAY):
            self.seen = max(self.seen, event.number)
            self._to_count = True
            found.append(event)
        if self._to_count and now - self._counted >= COUNT:
            self._counted, self._to_count = now, False
            found.append(await run_in_threadpool(self._count))
        return found

    def end(self) -> None:
        """Every stream ends now: the server stops, and waits for none of them."""
        for tab in list(self._tabs):
            self._drop(tab)

    async def stream(
        self,
        after: int | None,
        person: Person,
        how: Reader,
        within: Within | None = None,
        still: Callable[[], bool] = always,
    ) -> AsyncIterator[str]:
        """The events behind `after`, then each new one; a comment where nothing happens."""
        tab = Tab(person, how, within, still)
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
                yield _written({"id": sent, "reset": True}, sent)
            for event in missed:
                sent = event.number
                if await self._sees(tab, event):
                    yield _told(event, how)
            looked = asyncio.get_running_loop().time()
            while True:
                if asyncio.get_running_loop().time() - looked >= HEARTBEAT:
                    looked = asyncio.get_running_loop().time()
                    if not await run_in_threadpool(still):
                        return
                try:
                    next_one = await asyncio.wait_for(tab.news.get(), HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                match next_one:
                    case None:
                        return
                    case Waiting():
                        yield _counted(await self._theirs(tab, next_one), tab)
                    case Event() if next_one.number > sent:
                        sent = next_one.number
                        if await self._sees(tab, next_one):
                            yield _told(next_one, how)
        finally:
            self._tabs.discard(tab)

    async def _sees(self, tab: Tab, event: Event) -> bool:
        if tab.within is None:
            return True
        return await run_in_threadpool(self._queries.holds, tab.within, event.ticket)

    async def _theirs(self, tab: Tab, waiting: Waiting) -> Waiting:
        """Counted for who sees some queues only; nothing of the whole desk is offered to them."""
        if tab.within is None:
            return waiting
        counts = await run_in_threadpool(self._queries.waiting, tab.person.id, tab.within)
        return Waiting(counts, {tab.person.id: counts[View.MINE]}, ())

    def _since(self, after: int, limit: int) -> list[Event]:
        changed = self._queries.changed(after, limit)
        return [Event(number, ticket, self._queries.row(ticket)) for number, ticket in changed]

    def _count(self) -> Waiting:
        counts, mine = self._queries.waiting_by_person()
        return Waiting(counts, mine, self._offers())

    def _tell(self, tab: Tab, one: Event | Waiting) -> None:
        if tab.news.full():
            self._drop(tab)
        else:
            tab.news.put_nowait(one)

    def _drop(self, tab: Tab) -> None:
        self._tabs.discard(tab)
        if tab.news.full():
            tab.news.get_nowait()
        tab.news.put_nowait(None)


@router.get("/events", dependencies=[needs(Right.READ)])
def events(
    request: Request,
    caller: Caller,
    after: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    last_event_id: Annotated[int | None, Header(ge=0, le=2**53)] = None,
) -> StreamingResponse:
    """What happens at this desk, as it happens, by ticket."""
    feed: Feed = request.app.state.feed
    installation: Installation = request.app.state.installation

    def still() -> bool:
        try:
            return may(signed(request).person, Right.READ)
        except SignedOut:
            return False

    since = last_event_id if last_event_id is not None else after
    alike = replace(reader(request), theme=THEMES[0], keys=KEYS[0])  # neither shows in a line
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        feed.stream(since, caller, alike, within(installation, caller), still),
        media_type="text/event-stream",
        headers=headers,
    )


@lru_cache(maxsize=REPLAY)
def _told(event: Event, how: Reader) -> str:
    """The link of the line ends where the tab writes the queue that it shows."""
    row = event.row
    told = {
        "id": event.number,
        "ticket": event.ticket,
        "views": sorted(row.views()) if row else [],
        "people": sorted(row.theirs()) if row else [],
        "row": _drawn("row", how, one=row, current=False, view="") if row else "",
    }
    return _written(told, event.number)


def _counted(waiting: Waiting, tab: Tab) -> str:
    counts = {**waiting.counts, View.MINE: waiting.mine.get(tab.person.id, 0)}
    offers = waiting.offers if may(tab.person, Right.BULK) else ()
    return _written({"counts": counts, "offers": _drawn("offers", tab.reader, offers=offers)})


def _drawn(part: str, how: Reader, **values: object) -> str:
    return environment(how.language).get_template(f"parts/{part}.html").render(reader=how, **values)


def _written(data: Mapping[str, object], number: int | None = None) -> str:
    """What has no number is not repeated to whoever comes back."""
    named = "" if number is None else f"id: {number}\n"
    return f"{named}data: {json.dumps(data)}\n\n"
