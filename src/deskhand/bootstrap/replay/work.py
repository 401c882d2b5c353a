"""Replays many tickets at once: in this process, or in a few of them that are handed small parts."""

import multiprocessing
import shutil
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from deskhand.bootstrap.connections.connectors import straight
from deskhand.bootstrap.replay.desk import DATABASE, Replaying, kept_facts, replaying
from deskhand.domain.errors import DeskhandError
from deskhand.domain.past_ticket import PastTicket
from deskhand.infrastructure.storage.replays import Line, line_of
from deskhand.settings import Settings, read_settings

PART = 8  # tickets that are handed over at once
AHEAD = 2  # parts that wait for a worker, so that it never waits for us


class WorkerGone(DeskhandError):
    """A process that replays ended before its work did. What was done is kept; the same command goes on."""


@dataclass(frozen=True)
class Job:
    """What a worker needs to open its desk: nothing of it is secret, the environment gives the rest."""

    folder: Path
    frozen: Path
    scratch: Path
    at: datetime
    live: bool


def lines(settings: Settings, job: Job, tickets: Iterable[PastTicket], workers: int) -> Iterator[list[Line]]:
    """What became of each, part by part, in the order in which they are done. One worker is this process itself."""
    if workers <= 1:
        with opened(settings, job) as desk:
            for part in parts(tickets):
                yield [line_of(desk.replay(one)) for one in part]
        return
    yield from _spread(job, parts(tickets), workers)


def parts(tickets: Iterable[PastTicket]) -> Iterator[list[PastTicket]]:
    rest = iter(tickets)
    while part := list(islice(rest, PART)):
        yield part


def opened(settings: Settings, job: Job) -> Any:
    """The desk that replays, on a scratch file of its own."""
    for ending in ("", "-journal", "-wal", "-shm"):
        job.scratch.with_name(job.scratch.name + ending).unlink(missing_ok=True)
    shutil.copy(job.frozen / DATABASE, job.scratch)
    through = straight if job.live else kept_facts(job.frozen)
    return replaying(settings, job.frozen, job.scratch, job.at, _silent, through)


def _spread(job: Job, work: Iterator[list[PastTicket]], workers: int) -> Iterator[list[Line]]:
    context = multiprocessing.get_context("spawn")
    running: dict[Connection, Any] = {}
    owed: dict[Connection, int] = {}
    try:
        for number in range(workers):
            ours, theirs = context.Pipe()
            own = Job(
                job.folder, job.frozen, job.scratch.with_name(f"{job.scratch.stem}-{number}.sqlite"), job.at, job.live
            )
            process = context.Process(target=_work, args=(theirs, own), daemon=True)
            process.start()
            theirs.close()
            running[ours], owed[ours] = process, 0
        for worker in running:
            _hand(worker, work, owed)
        while any(owed.values()):
            for ready in wait([one for one in running if owed[one]]):
                assert isinstance(ready, Connection)
                try:
                    found = ready.recv()
                except (EOFError, OSError) as error:
                    raise WorkerGone(f"{WorkerGone.__doc__}") from error
                if isinstance(found, str):
                    raise WorkerGone(f"A worker could not go on: {found}")
                owed[ready] -= 1
                yield found
                _hand(ready, work, owed)
    finally:
        for connection, process in running.items():
            connection.close()  # its worker reads the end, and ends
            process.join(10)
            if process.is_alive():
                process.terminate()


def _hand(worker: Connection, work: Iterator[list[PastTicket]], owed: dict[Connection, int]) -> None:
    while owed[worker] < AHEAD and (part := next(work, None)):
        try:
            worker.send(part)
        except OSError as error:
            raise WorkerGone(f"{WorkerGone.__doc__}") from error
        owed[worker] += 1


def _work(connection: Connection, job: Job) -> None:
    """A worker's whole life. When we are killed, its pipe ends, and so does it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with opened(read_settings(job.folder), job) as desk:
            _serve(connection, desk)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # told to the one who waits, whatever it was
        connection.send(f"{type(error).__name__}: {error}")


def _serve(connection: Connection, desk: Replaying) -> None:
    while True:
        connection.send([line_of(desk.replay(one)) for one in connection.recv()])


def _silent(text: str) -> None:
    """Whoever started the replay has told it already."""
