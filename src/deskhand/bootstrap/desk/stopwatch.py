"""How long runs of messages take, for `bench`."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Wall and CPU milliseconds of each run of a message, for `bench`; `laps` in the order in which runs ended.

    The CPU of the threads that speak to models is counted, too: right only when one message runs at a time.
    """

    def __init__(self) -> None:
        self.laps: list[tuple[float, float]] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time() + _models_cpu()
        yield
        spent = time.thread_time() + _models_cpu() - cpu
        self.laps.append((1000 * (time.perf_counter() - wall), 1000 * spent))


def _models_cpu() -> float:
    """Seconds, of the threads in which models are waited for."""
    own = [one for one in threading.enumerate() if one.name.startswith("models") and one.ident]
    return sum(time.clock_gettime(time.pthread_getcpuclockid(one.ident or 0)) for one in own)
