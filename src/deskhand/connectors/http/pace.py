"""Staying below a vendor's published limit ahead of time, instead of being told."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

# Parts of the limit: what may leave at once, and what may leave in each of its periods. In no period is it more than
# three quarters together: people and other tools need the rest.
BURST, FLOW = 1 / 4, 1 / 2


@dataclass(frozen=True)
class Pace:
    """What a vendor allows: so many calls within so many seconds."""

    calls: int
    seconds: float


class Pacemaker:
    """Calls leave one after the other when there are many, and at once when there are few.

    For one process: several workers on one account divide its limit among them in the connector's table.
    """

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic):
        self._most, self._clock = max(1.0, pace.calls * BURST), clock
        self._refill = pace.calls * FLOW / pace.seconds  # calls a second
        self._left, self._at = self._most, clock()
        self._lock = threading.Lock()

    def next(self) -> float:
        """Takes a place in the row, and says in how many seconds it is reached."""
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._at) * self._refill) - 1
            self._at = now
            return max(0.0, -self._left / self._refill)

    def give_back(self) -> None:
        """For a place that was not waited for."""
        with self._lock:
            self._left += 1

    @property
    def left(self) -> int:
        """How many calls may leave at once, now."""
        with self._lock:
            return max(0, int(min(self._most, self._left + (self._clock() - self._at) * self._refill)))
