"""What a replay costs: tickets a second, and the memory of all its processes on the way."""

import tempfile
import time
from pathlib import Path

from deskhand.bootstrap.replay.replay import Wish, replay
from deskhand.bootstrap.trials.history import write_history
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_memory import resident_together
from deskhand.entrypoints.printing import aside
from deskhand.settings import read_settings

MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


def run(folder: Path, *, tickets: int, workers: int, as_json: bool) -> None:
    """On a history that is made up, with state in a folder that is thrown away."""
    memory: dict[str, float] = {}
    began = time.monotonic()
    started = 0.0

    def watch(done: int, of: int, fresh: int) -> None:
        nonlocal started
        started = started or time.monotonic()
        for mark in (*MARKS, of):
            if done >= mark and str(mark) not in memory:
                memory[str(mark)] = round(resident_together(), 1)
                aside.print(f"{done} of {of}: {memory[str(mark)]} MB", style="dim", highlight=False)

    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        settings = read_settings(folder, Path(place) / "state")
        history = Path(place) / "history.jsonl"
        write_history(settings, history, tickets)
        found = replay(settings, Wish(str(history), workers=workers), aside.print, watch).report
    told = {
        "tickets": tickets,
        "workers": found["run"]["workers"],
        "freezing_s": round(started - began, 1),
        "replaying_s": round(time.monotonic() - started, 1),
        "own_ms": found["run"]["own_ms"],
        "rss_mb_all_processes": memory,
        "outcomes": found["outcomes"],
    }
    tell(told, as_json=as_json)
