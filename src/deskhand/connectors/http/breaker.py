"""Stops asking a system that does not answer: five failures in a row, thirty seconds of rest, then one call may try."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deskhand.domain.errors import Down, NotSent, Resting, Unconfirmed


class Breaker:
    """Only silence counts: an answer, even a refusal, means that the system is alive."""

    def __init__(self, limit: int = 5, rest: float = 30.0, clock: Callable[[], float] = time.monotonic):
        self._limit, self._rest, self._clock = limit, rest, clock
        self._failures, self._until, self._trying = 0, 0.0, False
        self._lock = threading.Lock()

    @property
    def resting(self) -> float:
        """Seconds until it asks again; 0 while it asks."""
        with self._lock:
            return max(0.0, self._until - self._clock()) if self._failures >= self._limit else 0.0

    @contextmanager
    def watch(self) -> Iterator[None]:
        """`Resting` while it is open."""
        with self._lock:
            half_open = self._failures >= self._limit
            if half_open and (self._trying or self._clock() < self._until):
                raise Resting(f"not asked for {max(0.0, self._until - self._clock()):.0f} s more")
            self._trying = half_open
        try:
            yield
        except (NotSent, Down, Unconfirmed):
            with self._lock:
                self._failures += 1
                self._until = self._clock() + self._rest
            raise
        else:
            with self._lock:
                self._failures = 0
        finally:
            if half_open:
                self._trying = False
