"""One event loop in a thread of its own: a provider's client belongs to the loop it was first used in."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

T = TypeVar("T")
THREADS = "models"  # what all its threads are called


class Loop:
    """Starts with its first work. Any number of threads may bring some. `open` is entered before the first work and
    left after the last: what holds connections of this loop."""

    def __init__(self, open: AbstractAsyncContextManager[Any]) -> None:
        self._open = open
        self._running: tuple[asyncio.AbstractEventLoop, threading.Thread] | None = None
        self._lock = threading.Lock()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of this work. The caller waits; the loop does not."""
        with self._lock:
            if self._running is None:
                self._running = _started()
                _done(self._open.__aenter__(), self._running[0])
            loop, _ = self._running
        return _done(work, loop)

    def close(self) -> None:
        """No work may be under way any more."""
        with self._lock:
            if self._running is None:
                return
            (loop, thread), self._running = self._running, None
            _done(self._open.__aexit__(None, None, None), loop)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()


def _started() -> tuple[asyncio.AbstractEventLoop, threading.Thread]:
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix=THREADS))
    thread = threading.Thread(target=_serve, args=(loop,), name=THREADS, daemon=True)
    thread.start()
    return loop, thread


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def _done(work: Coroutine[Any, Any, T], loop: asyncio.AbstractEventLoop) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result()
