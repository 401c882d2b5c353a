"""`python -m benchmarks.locking [URL]`: what one database bears at most, as transactions that all pass one lock.

URL names an empty database. Transactions a second depend on what else the machine does; processor time of each hardly
does, and says what a machine with nothing else to do would bear.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from deskhand.entrypoints.cli.bench_figures import beside
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore

SECONDS = 5.0
THREADS = (1, 4, 8)
TICK = 0.01  # seconds, in which Linux tells the processor time of other processes


@dataclass(frozen=True)
class Borne:
    """`cpu_ms` of one transaction: in this process, and in PostgreSQL's where it runs on this machine."""

    per_second: float
    cpu_ms: float
    server_cpu_ms: float


def borne(engine: sa.Engine, threads: int, seconds: float = SECONDS) -> Borne:
    """By transactions that append one line to the journal."""
    store = SqlStore(engine, _no_runs, secret=b"benchmark")
    with store.begin() as tx:
        tx.journal.append("bench.line", "bench:ticket:0", {}, datetime.now(UTC))  # noqa: TID251
    until, counts, before = time.monotonic() + seconds, [0] * threads, _server(engine)
    each = [threading.Thread(target=_write, args=(store, until, counts, place)) for place in range(threads)]
    spent = time.process_time()
    for one in each:
        one.start()
    for one in each:
        one.join()
    made, spent = sum(counts), time.process_time() - spent
    return Borne(made / seconds, 1000 * spent / made, 1000 * (_server(engine) - before) / made)


def _write(store: SqlStore, until: float, counts: list[int], place: int) -> None:
    while time.monotonic() < until:
        with store.begin() as tx:
            tx.journal.append("bench.line", f"bench:ticket:{place}", {"n": counts[place]}, datetime.now(UTC))  # noqa: TID251
        counts[place] += 1


def _server(engine: sa.Engine) -> float:
    """Seconds of the processes that serve our connections; 0 where there are none, or none on this machine."""
    if engine.dialect.name == "sqlite":
        return 0.0
    with engine.connect() as connection:
        ours = sa.text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = connection.scalars(ours).all()
    files = [Path(f"/proc/{pid}/stat") for pid in pids]
    parts = [file.read_text("utf-8").rpartition(")")[2].split() for file in files if file.exists()]
    return sum(TICK * (int(one[11]) + int(one[12])) for one in parts)


_no_runs: Callable[..., None] = lambda *args, **more: None  # noqa: E731  (it starts none)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.locking", description=__doc__)
    asked.add_argument("url", nargs="?", default="", help="an empty database; a SQLite file where none is named")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as folder:
        engine = connect(given.url or f"sqlite:///{Path(folder) / 'desk.sqlite'}")
        migrate(engine)
        for threads in THREADS:
            print(f"{threads} threads: {borne(engine, threads)}")
        engine.dispose()
    print(beside())


if __name__ == "__main__":
    main()
