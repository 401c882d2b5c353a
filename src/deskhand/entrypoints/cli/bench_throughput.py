"""`deskhand bench throughput`: messages a second by database and workers, how long one takes, and memory on the way."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.progress import track

from deskhand.bootstrap import Installation, open_desk
from deskhand.bootstrap.storage.store import has_journal
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_memory import resident_together
from deskhand.entrypoints.cli.bench_messages import STAGE, WORDS, letters
from deskhand.entrypoints.printing import aside
from deskhand.measurement.metrics import quantile
from deskhand.settings import Settings, read_settings
from deskhand.workflows.take_in import take_in

MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
AT_A_TIME = 500  # messages that are written down before they are taken in
LOOK = 0.1  # seconds between two looks at what is left
PACE = 0.6  # of the rate found, at which single messages are timed
TIMED = 300  # messages that are timed
Figures = dict[str, Any]
PEER = """
import pathlib, sys
from deskhand.bootstrap import open_desk
from deskhand.entrypoints.cli.bench_throughput import settings_of
with open_desk(settings_of(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]), tell=lambda text: None):
    print("ready", flush=True)
    sys.stdin.read()
"""


def run(folder: Path, *, messages: int, waiting: int, workers: int, database: str, as_json: bool) -> None:
    """State is thrown away; `database`, where given, has to be empty and is left as it is afterwards. This process is
    one of the workers, and the customers, too."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place, ExitStack() as stack:
        settings = settings_of(folder, Path(place), database)
        _check(settings, workers)
        desk = stack.enter_context(open_desk(settings, tell=aside.print))
        for _ in range(workers - 1):
            stack.enter_context(_peer(folder, Path(place), database))
        _fill(desk, len(WORDS), 0)
        _drain(desk, 0, "Warming up", {})
        told = {"database": desk.queries.database.dialect.name, "workers": workers}
        figures: Figures = told | _flood(desk, messages, waiting)
        if not waiting:
            figures |= _paced(desk, PACE * figures["messages_per_second"], len(WORDS) + messages)
    tell(figures, as_json=as_json)


def settings_of(folder: Path, state: Path, database: str) -> Settings:
    """`database` is an address, or "" for a file of its own."""
    settings = read_settings(folder, state)
    return replace(settings, database_url=database) if database else settings


def _check(settings: Settings, workers: int) -> None:
    file = str(settings.folder / "desk.toml")
    if settings.database_url.startswith("sqlite"):
        if workers > 1:
            what = "more than one worker needs PostgreSQL: give an empty one with --database. Nothing was run"
            raise DeskFault((Fault(file, 1, what),))
    elif has_journal(settings):
        what = "the database in --database has a journal: give an empty one. Nothing was run"
        raise DeskFault((Fault(file, 1, what),))


@contextmanager
def _peer(folder: Path, state: Path, database: str) -> Iterator[None]:
    """One more worker, in a process of its own; it ends when its input does."""
    command = [sys.executable, "-c", PEER, str(folder), str(state), database]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        process.stdout.readline()
        yield
        process.stdin.close()
        process.wait()


def _flood(desk: Installation, messages: int, waiting: int) -> Figures:
    """All at once. With `waiting`, so many more wait all the while."""
    began = time.perf_counter()
    _fill(desk, messages + waiting, len(WORDS))
    filled = time.perf_counter() - began
    memory: dict[str, float] = {}
    left = _left(desk)
    done = messages + waiting - left
    if waiting:  # what was done while the rest was written down is not of the queue in question
        began, messages = time.perf_counter(), min(messages, left)
        _drain(desk, left - messages, "With others waiting", memory)
    else:
        _drain(desk, 0, "All at once", memory)
    seconds = time.perf_counter() - began
    return {
        "messages": messages,
        "waiting": waiting,
        "done_meanwhile": done,
        "taken_in_per_second": round((messages + waiting) / filled, 1),
        "messages_per_second": round(messages / seconds, 1),
        "rss_mb_all_processes": memory,
    }


def _paced(desk: Installation, rate: float, first: int) -> Figures:
    """One after the other at this rate a second: from what the customer wrote to the last line of the journal, in
    milliseconds."""
    began, coming = time.perf_counter(), []
    for delivery in track(letters(desk, TIMED, first), "At a steady pace", total=TIMED, console=aside):
        take_in(desk.store, delivery, STAGE)
        coming.append(delivery)
        time.sleep(max(0.0, began + len(coming) / rate - time.perf_counter()))
    _drain(desk, 0, "The last of them", {})
    took = sorted(_took(desk, one) for one in coming)
    parts = {f"took_ms_p{part}": round(quantile(took, part / 100) or 0.0) for part in (50, 95, 99)}
    return {"pace_per_second": round(rate, 1)} | parts


def _took(desk: Installation, delivery: Delivery) -> float:
    lines = desk.queries.timeline(delivery.ticket)
    return 1000 * (lines[-1].at - lines[0].at).total_seconds()


def _fill(desk: Installation, messages: int, first: int) -> None:
    for start in track(range(0, messages, AT_A_TIME), "Writing", console=aside):
        for delivery in letters(desk, min(AT_A_TIME, messages - start), first + start):
            take_in(desk.store, delivery, STAGE)


def _drain(desk: Installation, until: int, what: str, memory: dict[str, float]) -> None:
    """Until no more than so many are left; `memory` is noted on the way."""
    begun = left = _left(desk)
    with aside.status(what) as shown:
        while left > until:
            time.sleep(LOOK)
            left = _left(desk)
            shown.update(f"{what}: {left - until} left")
            for mark in MARKS:
                if begun - left >= mark and str(mark) not in memory:
                    memory[str(mark)] = round(resident_together(), 1)


def _left(desk: Installation) -> int:
    counts = desk.engine.counts()
    return counts.queued + counts.running
