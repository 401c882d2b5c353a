"""`deskhand bench drift-page`: what the page of drift costs where much is watched, and reading a long journal on."""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import httpx2

from deskhand.bootstrap import Line, fill_journal, now, open_desk, open_store
from deskhand.domain.journal_line import JournalLine
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_pages import PERSON, served, with_visitors
from deskhand.entrypoints.cli.drift_world import START, Planted, World
from deskhand.entrypoints.printing import aside
from deskhand.measurement.metrics import quantile
from deskhand.settings import Settings, read_settings
from deskhand.workflows.watch_drift import Watcher

A_DAY = 20.0  # tickets of each procedure
READ = timedelta(days=90)  # at the end of the journal, which are read on for drift; no page shows more
DRIFTS = timedelta(days=3)  # before the end one of the procedures changes, so that an alarm is open
PATIENCE = 60.0  # seconds for one page


def run(folder: Path, *, procedures: int, lines: int, openings: int, as_json: bool) -> None:
    """On a database that is thrown away: the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        settings = with_visitors(read_settings(folder, Path(place)))
        tell(_filled(settings, procedures, lines) | _opened(settings, openings), as_json=as_json)


def _filled(settings: Settings, procedures: int, lines: int) -> dict[str, float]:
    """A journal of at least so many lines, of which the end is read on as `serve` does."""
    names = [f"procedure-{number + 1}" for number in range(procedures)]
    world = World(1, volumes=dict.fromkeys(names, A_DAY), assisted=frozenset(names))
    days = list[tuple[int, int]]()  # of each day the number of its last line
    with open_store(settings) as store:
        aside.print(f"A journal of {lines:,} lines is written ...")
        written = fill_journal(store.engine, _told(world, lines, days))
        first = next(upto for day, upto in days if days[-1][0] - day <= READ.days)
        with store.begin() as tx:
            tx.drifts.move(0, first)
        aside.print(f"{written - first:,} of them are read on ...")
        began = time.process_time()
        alarms = Watcher(store, now).round(pages=written)
        spent = time.process_time() - began
    told = {"lines": written, "lines_read_on": written - first, "alarms": len(alarms)}
    return {**told, "cpu_ms_per_1000_lines": 1_000_000 * spent / (written - first)}


def _told(world: World, lines: int, days: list[tuple[int, int]]) -> Iterator[Line]:
    per_day = 0.0
    for day in count():
        if world.planted is None and per_day and lines - world.seq < DRIFTS.days * per_day:
            world.planted = Planted("edits", 0.4, next(iter(world.volumes)), START + timedelta(days=day))
        yield from (_plain(line) for line in world.day(day))
        days.append((day, world.seq))
        per_day = world.seq / (day + 1)
        if world.seq >= lines:
            return


def _plain(line: JournalLine) -> Line:
    return line.at, line.kind, line.ticket, line.body


def _opened(settings: Settings, openings: int) -> dict[str, float]:
    """The page as its reader gets it, over HTTP; what it loads after itself is not in it."""
    with open_desk(settings, tell=aside.print) as installation, served(installation) as address:
        streams = len(installation.queries.drift_streams())
        session = installation.access.begin(PERSON, agent="bench", address="", now=installation.desk.clock())
        headers, taken, size = {"cookie": f"deskhand={session}"}, list[float](), 0
        with httpx2.Client(base_url=address, headers=headers, timeout=PATIENCE) as reader:
            reader.get("/drift").raise_for_status()  # the first one reads the templates
            worked = time.process_time()
            for _ in range(openings):
                began = time.perf_counter()
                answer = reader.get("/drift")
                taken.append(1000 * (time.perf_counter() - began))
                answer.raise_for_status()
                size = len(answer.content)
            cpu = 1000 * (time.process_time() - worked) / openings
    told = {"streams": streams, "page_kb": size / 1000, "opening_cpu_ms": cpu}
    return {**told, "opening_p50_ms": quantile(taken, 0.5) or 0.0, "opening_p95_ms": quantile(taken, 0.95) or 0.0}
