"""Fixed work that has nothing to do with Deskhand: what figures of two machines, or of two days, are divided by."""

import hashlib
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TIMES = 3  # the best counts: other work on the machine only ever adds
ROUNDS, BLOCKS, COMMITS = 200_000, 200, 50
BLOCK = bytes(range(256)) * 1024  # 256 kB


def reference() -> dict[str, float]:
    """Processor time in milliseconds of `ROUNDS` rounds of plain Python and of hashing 50 MB, the best of a few times;
    and by the clock, of one row that is committed to SQLite and on the disk."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        work = [_spent(_python) + _spent(_hash) for _ in range(TIMES)]
        return {"reference_cpu_ms": min(work), "reference_commit_ms": _commit(Path(place) / "reference.sqlite")}


def _spent(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return 1000 * (time.thread_time() - began)


def _python() -> dict[str, int]:
    counts: dict[str, int] = {}
    for number in range(ROUNDS):
        name = f"key-{number % 1000}"
        counts[name] = counts.get(name, 0) + number
    return counts


def _hash() -> str:
    found = hashlib.sha256()
    for _ in range(BLOCKS):
        found.update(BLOCK)
    return found.hexdigest()


def _commit(file: Path) -> float:
    """The median: on a shared disk one commit may wait for somebody else's."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE row (number INTEGER PRIMARY KEY, text TEXT)")
    taken = []
    for number in range(COMMITS):
        began = time.perf_counter()
        connection.execute("INSERT INTO row VALUES (?, ?)", (number, "x" * 200))
        taken.append(1000 * (time.perf_counter() - began))
    connection.close()
    return sorted(taken)[COMMITS // 2]
