"""Can a desk do its work now? Told by what is there, asked at that moment, and never by what should be."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from deskhand.bootstrap.storage.store import engine_at_rest
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage.migrations import standing
from deskhand.settings import Settings

LATE = 300  # seconds for which a run may wait for its turn while no worker shows itself
ROOM = 200 * 1024 * 1024  # bytes that must be free where the desk's state lies

Free = Callable[[Path], int]


@dataclass(frozen=True)
class Check:
    """`says` is for whoever asks from outside: it names no host, no path and nobody."""

    name: str
    ok: bool
    says: str


@dataclass(frozen=True)
class Ready:
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        return all(one.ok for one in self.checks)


def free_bytes(place: Path) -> int:
    return shutil.disk_usage(place).free


def ready(engine: Engine, state: Path, now: datetime, free: Free = free_bytes) -> Ready:
    """Every check; one that needs the database says so when there is none, and passes no judgement on the rest."""
    try:
        checks = [Check("database", True, "answers"), _schema(engine.database), _work(engine, now)]
    except SQLAlchemyError as error:
        # Not its words: they name a host and a user.
        checks = [Check("database", False, f"does not answer as it should: {type(error).__name__}")]
    return Ready((*checks, _disk(state, free)))


def ready_here(settings: Settings, now: datetime) -> Ready:
    """`ready`, from a process of its own."""
    if settings.database_url.startswith("sqlite") and not (settings.state / "desk.sqlite").exists():
        return Ready((Check("database", False, "is not there yet: nothing was ever started on this desk"),))
    with engine_at_rest(settings) as engine:
        return ready(engine, settings.state, now)


def _schema(database: sa.Engine) -> Check:
    match standing(database):
        case "right":
            return Check("schema", True, "is that of this version")
        case "new":
            return Check("schema", False, "is not there yet: nothing was ever started on this desk")
        case "older":
            return Check("schema", False, "is older than this version: it has not been migrated")
        case _:
            return Check("schema", False, "is newer than this version: replace this process")


def _work(engine: Engine, now: datetime) -> Check:
    """A worker shows itself, or nothing waits for one for long: an idle desk between two workers is no fault."""
    workers = engine.workers()
    since = engine.status.queued_since()
    waits = max(0, round((now - since).total_seconds())) if since else 0
    if workers:
        return Check("work", True, f"workers alive: {workers}; the oldest run waits {waits} s")
    late = waits > LATE
    return Check("work", not late, f"no worker is alive; the oldest run waits {waits} s")


def _disk(state: Path, free: Free) -> Check:
    try:
        room = free(state)
    except OSError as error:
        return Check("disk", False, f"cannot be looked at: {type(error).__name__}")
    return Check("disk", room >= ROOM, f"{room // (1024 * 1024)} MB free, {ROOM // (1024 * 1024)} needed")
