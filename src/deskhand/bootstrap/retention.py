"""What is kept of customers goes when `[retention]` says so, once a night, in the desk's own zone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from deskhand.bootstrap.desk.reading import example_cache
from deskhand.bootstrap.every import every
from deskhand.bootstrap.privacy import Privacy
from deskhand.bootstrap.secret import desk_secret
from deskhand.infrastructure.storage import erasure
from deskhand.infrastructure.storage.database import exclusive, scrub
from deskhand.infrastructure.storage.personal_data import CATALOGUE, FILES, Whole
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import PRIVACY
from deskhand.infrastructure.storage.tables import metadata
from deskhand.infrastructure.storage.tables.tickets import ticket
from deskhand.settings import Settings

PURGED = "privacy.purged"
NIGHT = range(2, 5)  # hours in which nobody is kept waiting
LOOK = 600.0  # seconds between two looks whether it is night


def purge(settings: Settings, database: sa.Engine, now: datetime) -> Mapping[str, int]:
    """Erase what is older than it may be, a transaction for each table; how many rows of which. A ticket that changed
    lately keeps all of it. Done again it finds nothing, so a crash between two tables does no harm."""
    changed: dict[str, int] = {}
    days = settings.table.retention.days
    for name in erasure.ORDER:
        entry = CATALOGUE[name]
        hangs = isinstance(entry.ends, Whole) and entry.ends.through
        if entry.data not in days or not (entry.at or hangs):
            continue
        before = now - timedelta(days=days[entry.data])
        with exclusive(database) as connection:
            busy = set(connection.scalars(sa.select(ticket.c.ticket).where(ticket.c.changed_at >= before)))
            if rows := erasure.erase_older(connection, name, before, busy):
                changed[name] = rows
    if "example" in changed:
        example_cache(settings).clear()
    if files := _files(settings, now):
        changed["files"] = files
    if changed:
        with exclusive(database) as connection:
            append_sealed(connection, desk_secret(settings), PRIVACY, PURGED, {"erased": changed}, now)
        scrub(database, [metadata.tables[name] for name in changed if name in metadata.tables])
    return changed


def _files(settings: Settings, now: datetime) -> int:
    """Of its state folder, those that tell of customers and were not written to for as long as their class is kept."""
    gone, days = 0, settings.table.retention.days
    for kept in (one for one in FILES if one.goes and not one.beside and one.data in days):
        before = (now - timedelta(days=days[kept.data])).timestamp()
        for file in settings.state.glob(kept.pattern):
            if file.is_file() and file.stat().st_mtime < before:
                file.unlink()
                gone += 1
    return gone


def tidy(privacy: Privacy) -> Mapping[str, int]:
    """What a night does: erase again whoever was forgotten meanwhile in a copy of this desk, bring to an end what
    waited, and erase what is too old; how many rows of which were too old."""
    privacy.again(by="night")
    return purge(privacy.settings, privacy.database, privacy.clock())


@contextmanager
def retaining(privacy: Privacy) -> Iterator[None]:
    """Until the block ends, once each night."""
    settings, clock = privacy.settings, privacy.clock
    zone = ZoneInfo(settings.table.calendar.zone) if settings.table.calendar else None
    last: list[str] = []

    def look() -> None:
        here = clock().astimezone(zone)
        if here.hour in NIGHT and here.date().isoformat() not in last:
            tidy(privacy)
            last[:] = [here.date().isoformat()]

    with every(LOOK, look, "retention"):
        yield
