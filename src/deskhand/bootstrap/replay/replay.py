"""A replay of past tickets, from a history to a report: killed at any moment, the same call goes on."""

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from deskhand.bootstrap.clock import now
from deskhand.bootstrap.connections.connectors import named, straight
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.replay.desk import freeze
from deskhand.bootstrap.replay.source import (
    IMPORTED,
    Looked,
    Source,
    day,
    file_source,
    imported_source,
    look,
    spared,
    take,
    taken_source,
)
from deskhand.bootstrap.replay.work import Job, lines
from deskhand.bootstrap.systems.systems import Tell
from deskhand.connectors.manifest import Role
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.past_ticket import PastTicket
from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.storage.replays import ReplayFile
from deskhand.measurement.replay.suggestion import NEVER_MORE
from deskhand.measurement.replay.tally import tally
from deskhand.settings import Settings

FORMAT = 1  # of the report: raised when something in it changes its meaning
MOST_WORKERS = 8  # unless more are asked for
REPLAYS, REPORT = "replays", "report.json"
PARTS = ("desk.toml", "twins.toml", "procedures", "policies", "actions", "articles", "site")
Report = dict[str, Any]
Progress = Callable[[int, int, int], None]  # done in all, of how many, done by this run


@dataclass(frozen=True)
class Wish:
    """What is to be replayed. `source`: a file, "imported", or a connected help desk, from the day `since`. `own` are
    agents' addresses in a mailbox. `live`: real systems are asked anew each time. `claimed`: addresses in a file are
    only claimed by whoever wrote. `at`: when the story happens, "" for now. `again`: forget what was done."""

    source: str
    own: Collection[str] = ()
    since: str = ""
    live: bool = False
    claimed: bool = False
    at: str = ""
    again: bool = False
    workers: int = 0


@dataclass(frozen=True)
class Done:
    """A replay with its report, and the folder in which both are kept."""

    folder: Path
    report: Report


def replay(settings: Settings, wish: Wish, tell: Tell, progress: Progress) -> Done:
    """Raises `DeskFault` for a desk or a history that cannot be used, and when the same replay is at work already."""
    load_folder(settings)
    system = _help_desk(settings, wish)
    source = (
        Source(system, f"{system} since {wish.since}", lambda: iter(()))
        if system
        else spared(settings, _source(settings, wish))
    )
    looked = None if system else look(source)
    place = settings.state / REPLAYS / name_of(settings, wish, source)
    place.mkdir(parents=True, exist_ok=True)
    try:
        lock = hold(place / "lock")
    except AnotherWorker as error:
        what = f"the same replay is at work in another process ({place.name}). Nothing was done."
        raise DeskFault((Fault(wish.source, 1, what),)) from error
    with lock:
        if wish.again:
            _forget(place)
        file = ReplayFile(place / "progress.sqlite")
        try:
            return _replay(settings, wish, source, looked, place, file, system, tell, progress)
        finally:
            file.close()


def _replay(
    settings: Settings,
    wish: Wish,
    source: Source,
    looked: Looked | None,
    place: Path,
    file: ReplayFile,
    system: str,
    tell: Tell,
    progress: Progress,
) -> Done:
    began = time.monotonic()
    at = _moment(file, wish)
    if file.noted("source") is None:
        _tell_of_others(place, source, tell)
    file.note("source", source.digest)
    frozen, workers = place / "frozen", wish.workers or min(_cores(), MOST_WORKERS)
    if system:
        if file.noted("taken") is None:
            freeze(settings, frozen, at, tell)
            since = day(wish.since) if wish.since else None
            take(replace(settings, state=frozen), system, since, file, lambda: at, straight, tell)
        source = spared(settings, taken_source(source.name, file))
    try:
        looked = looked or look(source)
    except DeskFault:
        shutil.rmtree(frozen, ignore_errors=True)
        raise
    before = file.count()
    progress(before, looked.tickets, 0)
    if before < looked.tickets:
        if before:
            tell(f"Going on: {before} of {looked.tickets} tickets are done.")
        freeze(settings, frozen, at, tell)
        todo = (one for one in source.read() if isinstance(one, PastTicket) and not file.has(str(one.ticket.ref)))
        job = Job(settings.folder.resolve(), frozen.resolve(), place.resolve() / "scratch.sqlite", at, wish.live)
        for part in lines(settings, job, todo, workers):
            file.add(part)
            progress(file.count(), looked.tickets, file.count() - before)
    elif (place / REPORT).exists():
        tell(f"This replay is finished, with the facts of {at:%Y-%m-%d %H:%M} UTC; `--again` begins anew.")
    shutil.rmtree(frozen, ignore_errors=True)
    for scratch in place.glob("scratch*"):
        scratch.unlink()
    seconds = time.monotonic() - began
    report = _report(settings, wish, source, looked, file, at, place, workers, seconds, file.count() - before)
    _write(place / REPORT, json.dumps(report, ensure_ascii=False, indent=2))
    return Done(place, report)


def _report(
    settings: Settings,
    wish: Wish,
    source: Source,
    looked: Looked,
    file: ReplayFile,
    at: datetime,
    place: Path,
    workers: int,
    seconds: float,
    fresh: int,
) -> Report:
    """`run` holds all that differs from one run of the same replay to the next."""
    found = tally(file.rows())
    return {
        "format": FORMAT,
        "company": settings.table.company,
        **found.report(settings.table.rollout.gates.gates),
        "suggestions": NEVER_MORE,
        "skipped": {"count": looked.skipped, "parts": [str(one) for one in looked.listed]},
        "left_out": dict(sorted(looked.unread.items())),
        "facts": {"at": at.isoformat(), "how": _facts(settings, wish)},
        "run": {
            "name": place.name,
            "source": source.name,
            "finished": now().isoformat(),
            "seconds": round(seconds, 1),
            "replayed_by_this_run": fresh,
            "per_second": round(fresh / seconds, 1) if fresh and seconds else None,
            "workers": workers,
            "own_ms": found.timing(),
        },
    }


def name_of(settings: Settings, wish: Wish, source: Source) -> str:
    """Of the same history on the same desk with the same settings, always the same."""
    whole = hashlib.sha256(source.digest.encode("utf-8", "replace"))
    told = [wish.since, wish.live, wish.claimed, wish.at, sorted(wish.own), FORMAT, version("deskhand")]
    whole.update(json.dumps(told).encode())
    whole.update(desk_digest(settings.folder).encode())
    stem = re.sub(r"[^a-z0-9]+", "-", Path(source.name).stem.lower()).strip("-")[:40] or "history"
    return f"{stem}-{whole.hexdigest()[:12]}"


def desk_digest(folder: Path) -> str:
    """Of every file that says how the desk decides and answers."""
    whole = hashlib.sha256()
    for part in PARTS:
        root = folder / part
        files = sorted(one for one in root.rglob("*") if one.is_file()) if root.is_dir() else [root]
        for one in files:
            if one.is_file():
                whole.update(f"{one.relative_to(folder)}\0".encode("utf-8", "replace"))
                whole.update(hashlib.sha256(one.read_bytes()).digest())
    return whole.hexdigest()


def _help_desk(settings: Settings, wish: Wish) -> str:
    """The connected help desk that is meant, or "" for a file and for what was imported."""
    if wish.source == IMPORTED or Path(wish.source).exists():
        return ""
    desks = [name for name, one in named(settings).items() if Role.TICKETS in one.connector.plays]
    if wish.source in desks:
        return wish.source
    told = ", ".join(desks) or "none"
    what = f"there is no such file, and no help desk of that name is connected (there is {told}). Nothing was replayed."
    raise DeskFault((Fault(wish.source, 1, what),))


def _source(settings: Settings, wish: Wish) -> Source:
    if wish.source == IMPORTED:
        return imported_source(settings)
    if Path(wish.source).is_dir():
        raise DeskFault((Fault(wish.source, 1, "is a folder; name one file. Nothing was replayed."),))
    return file_source(Path(wish.source), wish.own, vouched=not wish.claimed)


def _moment(file: ReplayFile, wish: Wish) -> datetime:
    """When the facts are read: once, at the first start."""
    if (noted := file.noted("at")) is None:
        noted = (day(wish.at) if wish.at else now()).isoformat()
        file.note("at", noted)
    return datetime.fromisoformat(noted)


def _tell_of_others(place: Path, source: Source, tell: Tell) -> None:
    for other in sorted(place.parent.glob("*/progress.sqlite")):
        if other.parent == place:
            continue
        known = ReplayFile(other)
        same = known.noted("source") == source.digest
        known.close()
        if same:
            tell(f"The desk or the settings have changed since the replay {other.parent.name}: starting anew.")
            return


def _facts(settings: Settings, wish: Wish) -> list[str]:
    """How each system's facts were read, for people."""
    found = []
    for name, one in named(settings).items():
        how = "a look-up each time, as it is then" if wish.live else "asked once, then kept"
        found.append(f"{name}: {'its twin, as it was at the start' if one.table.twin else how}")
    for name, own in settings.table.systems.own.items():
        how = "a look-up each time, as it is then" if wish.live else "asked once, then kept"
        found.append(f"{name}: {'its twin, as it was at the start' if own.twin else how}")
    if records := settings.table.records:
        found.append(f"records: {'the twin, as it was at the start' if records.twin else 'a query each time'}")
    return found


def _forget(place: Path) -> None:

    for one in place.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name != "lock":
            one.unlink()


def _write(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(file)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
