"""One event loop in a thread of its own: a provider's client belongs to the loop it was first used in."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
THREADS = "models"  # what all its threads are called


class Loop:
    """Starts with its first work. Any number of threads may bring some."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of this work. The caller waits; the loop does not."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix=THREADS))
                threading.Thread(target=self._loop.run_forever, name=THREADS, daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        with self._lock:
            if self._loop:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None
