"""Wakes whoever watches a conversation when something happened in it: one look at the database for all of a process."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

EVERY = 0.25  # seconds between two looks
Mark = TypeVar("Mark")
log = logging.getLogger(__name__)


class Feed(Generic[Mark]):
    """Keeps nothing but how far it has looked: who is woken reads what there is, so a wake too many is harmless, and
    any other process may serve the next call. `now`: where the database stands; `look`: the tickets in which something
    happened since then, and how far that looked."""

    def __init__(self, now: Callable[[], Mark], look: Callable[[Mark], tuple[Mark, frozenset[str]]]):
        self._now, self._look = now, look
        self._watchers: dict[str, set[asyncio.Event]] = {}
        self._by_whom: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None
        self.closed = False

    def watched_by(self, who: str) -> int:
        return self._by_whom[who]

    @property
    def watchers(self) -> int:
        return self._by_whom.total()

    @asynccontextmanager
    async def watching(self, ticket: str, who: str) -> AsyncIterator[asyncio.Event]:
        """Set whenever something happened, from before the block begins until it ends."""
        woken = asyncio.Event()
        self._watchers.setdefault(ticket, set()).add(woken)
        self._by_whom[who] += 1
        try:
            if self._task is None or self._task.done():
                mark = await run_in_threadpool(self._now)
                if self._task is None or self._task.done():
                    self._task = asyncio.create_task(self._poll(mark))
            yield woken
        finally:
            self._watchers[ticket].discard(woken)
            if not self._watchers[ticket]:
                del self._watchers[ticket]
            self._by_whom[who] -= 1
            if not self._by_whom[who]:
                del self._by_whom[who]

    def close(self) -> None:
        """The server stops: everybody who watches is woken, and goes."""
        self.closed = True
        self._wake(frozenset(self._watchers))

    async def _poll(self, mark: Mark) -> None:
        while self._watchers and not self.closed:
            await asyncio.sleep(EVERY)
            try:
                mark, changed = await run_in_threadpool(self._look, mark)
            except Exception:  # a database that is busy or away must not end the feed: the next look sees it all
                log.warning("the conversations could not be looked at; trying again", exc_info=True)
                continue
            self._wake(changed)

    def _wake(self, tickets: frozenset[str]) -> None:
        for ticket in tickets:
            for woken in self._watchers.get(ticket, ()):
                woken.set()
