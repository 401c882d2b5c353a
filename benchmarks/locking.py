"""What one database bears at most: transactions of the store a second, which all pass one lock."""

import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

SECONDS = 5.0


def per_second(url: str, threads: int) -> float:
    """Of transactions that append one line to the journal; `url` names an empty database, "" a SQLite file."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as folder:
        engine = connect(url or f"sqlite:///{Path(folder) / 'desk.sqlite'}")
        migrate(engine)
        store = SqlStore(engine, _no_runs, secret=b"benchmark")
        until, counts = time.monotonic() + SECONDS, [0] * threads
        each = [threading.Thread(target=_write, args=(store, until, counts, place)) for place in range(threads)]
        for one in each:
            one.start()
        for one in each:
            one.join()
        engine.dispose()
    return sum(counts) / SECONDS


def _write(store: SqlStore, until: float, counts: list[int], place: int) -> None:
    while time.monotonic() < until:
        with store.begin() as tx:
            tx.journal.append("bench.line", f"bench:ticket:{place}", {"n": counts[place]}, datetime.now(UTC))  # noqa: TID251
        counts[place] += 1


_no_runs: Callable[..., None] = lambda *args, **more: None  # noqa: E731  (it starts none)
