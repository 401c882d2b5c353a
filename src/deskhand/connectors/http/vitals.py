"""How a system fares, as our own calls show it: for the health page and `deskhand doctor`."""

import email.utils
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

HOUR = 3600.0  # seconds that errors are remembered
# What vendors call what is left of their limit; the first that an answer has is shown.
LEFT = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining", "x-hubspot-ratelimit-remaining")


@dataclass(frozen=True)
class Vitals:
    """`latency`: seconds of the last answer, `heard`: how long ago it came; `clock`: by how many seconds their clock
    is ahead of ours; `left`: calls that the vendor still allows, in its own words; `errors`: of the last hour, by
    class. None and "" until there was an answer that says so."""

    calls: int
    latency: float | None
    heard: float | None
    clock: float | None
    left: str
    errors: Mapping[str, int]


NEVER_ASKED = Vitals(0, None, None, None, "", {})


class Pulse:
    """Feels the pulse of one system; any thread may tell it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time):
        self._clock, self._wall = clock, wall
        self._lock = threading.Lock()
        self._calls, self._latency, self._heard = 0, 0.0, 0.0
        self._skew: float | None = None
        self._left = ""
        self._errors: deque[tuple[float, str]] = deque(maxlen=10_000)

    def answered(self, seconds: float, headers: Mapping[str, str]) -> None:
        stamp = headers.get("date", "")
        left = next((headers[name] for name in LEFT if name in headers), headers.get("sforce-limit-info", ""))
        with self._lock:
            self._calls, self._latency, self._heard = self._calls + 1, seconds, self._clock()
            self._left = left or self._left
            with suppress(ValueError):  # an answer without a date says nothing of clocks
                self._skew = email.utils.parsedate_to_datetime(stamp).timestamp() - self._wall()

    def failed(self, kind: str) -> None:
        with self._lock:
            self._errors.append((self._clock(), kind))

    def vitals(self) -> Vitals:
        now = self._clock()
        with self._lock:
            recent = Counter(kind for at, kind in self._errors if now - at <= HOUR)
            if not self._calls:
                return Vitals(0, None, None, None, "", recent)
            return Vitals(self._calls, self._latency, now - self._heard, self._skew, self._left, recent)
