"""A desk put back from a backup, into an empty place, and proved there before anybody works with it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from deskhand.bootstrap.folder.desk_digest import desk_digest
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.backup import DATABASE, DESK, STATE, Progress, facts, fingerprint, look_through, save
from deskhand.bootstrap.storage.store import open_store
from deskhand.domain.effect import Effect
from deskhand.domain.errors import DeskFault, Fault
from deskhand.infrastructure.backup import postgres
from deskhand.infrastructure.backup.parcel import ParcelReader
from deskhand.infrastructure.backup.sealed_file import SealedReader
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import knows
from deskhand.settings import Settings, database_given, read_settings
from deskhand.workflows.after_restore import note_restored

FORMAT = 1
NOTHING = "Nothing was restored"


@dataclass(frozen=True)
class Restored:
    """`proved` says what was held against the manifest and is the same; `open` are effects that were under way when the
    backup was made."""

    manifest: Mapping[str, Any]
    proved: tuple[str, ...]
    open: tuple[Effect, ...]


def restore(file: Path, phrase: str, to: Path, *, by: str, clock: Callable[[], datetime], tell: Progress) -> Restored:
    """Into a folder that is not there yet, or is empty, and on PostgreSQL into an empty database; refuses any other.

    Every byte of the backup is proved before the first one is written. The desk is paused afterwards.
    """
    url = database_given()
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise _fault(to, f"is not empty; name a folder that is. {NOTHING}")
    manifest = look_through(file, phrase, tell)
    _fitting(manifest, file, url)
    part = to.with_name(f"{to.name}.part-{uuid4().hex[:8]}")
    try:
        _unpack(file, phrase, part, manifest, tell)
        proved = _prove(read_settings(part), manifest)
        part.rename(to)
    finally:
        if part.exists():
            shutil.rmtree(part)
    told = {
        "backup": manifest["backup"],
        "made_at": manifest["made_at"],
        "lines": manifest["journal"]["lines"],
        "last_hash": manifest["journal"]["last_hash"],
        "proved": list(proved),
        "by": by,
    }
    with open_store(read_settings(to)) as store:
        made_at = datetime.fromisoformat(manifest["made_at"])
        left = note_restored(store, told, made_at=made_at, now=clock())
    return Restored(manifest, proved, tuple(left))


def _fitting(manifest: Mapping[str, Any], file: Path, url: str) -> None:
    """What can be said before anything is written."""
    if manifest.get("format") != FORMAT or not knows(str(manifest.get("revision"))):
        what = f"was made by version {manifest.get('version')} of Deskhand, which is newer than this one"
        raise _fault(file, f"{what}. Install that version, then restore. {NOTHING}")
    kind = manifest["database"]
    if kind == "sqlite" and url:
        what = "holds a SQLite database, and DESKHAND_DATABASE_URL names another one: unset it, then restore"
        raise _fault(file, f"{what}. {NOTHING}")
    if kind == "postgresql":
        if not url.startswith("postgres"):
            what = "holds a PostgreSQL database: let DESKHAND_DATABASE_URL name an empty one, then restore"
            raise _fault(file, f"{what}. {NOTHING}")
        engine = connect(url)
        try:
            if count := postgres.tables(engine):
                what = f"the database of DESKHAND_DATABASE_URL is not empty ({count} tables and the like)"
                raise _fault(file, f"{what}: name an empty one, then restore. {NOTHING}")
        finally:
            engine.dispose()


def _unpack(file: Path, phrase: str, part: Path, manifest: Mapping[str, Any], tell: Progress) -> None:
    """The database comes last: by then the folder and the secret were found to be right."""
    whole = file.stat().st_size
    with file.open("rb") as opened:
        for name, pieces in ParcelReader(SealedReader.open(opened, phrase)):
            tell(f"writing {name}", opened.tell(), whole)
            first, _, rest = name.partition("/")
            if first == DESK:
                save(pieces, part / rest)
            elif first == STATE:
                save(pieces, part / ".deskhand" / rest)
            elif name == DATABASE:
                settings = read_settings(part)
                _same_secret(settings, manifest, file)
                _database(settings, pieces)


def _same_secret(settings: Settings, manifest: Mapping[str, Any], file: Path) -> None:
    """Links, tokens and seals come from it: with another one the journal's sealed lines would be nobody's."""
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    if fingerprint(desk_secret(settings)) == manifest["secret"]:
        return
    given = "DESKHAND_SECRET" in settings.secrets
    what = "set DESKHAND_SECRET to the one of the desk that was backed up"
    if given and not manifest["secret_given"]:
        what = "unset DESKHAND_SECRET: the desk that was backed up has a secret of its own, which is in the backup"
    raise _fault(file, f"{what}, then restore. {NOTHING}")


def _database(settings: Settings, pieces: Iterator[bytes]) -> None:
    if settings.database_url.startswith("sqlite"):
        save(pieces, settings.state / "desk.sqlite")
        return
    engine = connect(settings.database_url)
    try:
        postgres.put_back(engine, settings.database_url, pieces)
    finally:
        engine.dispose()


def _prove(settings: Settings, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """What is there now, held against what was there then. A difference would be a fault of ours."""
    engine = connect(settings.database_url)
    try:
        with engine.connect() as connection:
            found = facts(connection)
    finally:
        engine.dispose()
    found["desk"] = desk_digest(settings)
    for name in ("journal", "counts", "revision", "desk"):
        if found[name] != manifest[name]:
            what = f"{name} is not what it was: {found[name]!r} in place of {manifest[name]!r}"
            raise _fault(settings.folder, f"{what}. Do not work with what was written to the database")
    journal, rows = manifest["journal"], sum(manifest["counts"].values())
    chain = journal["broken"] or "whole"
    return (
        f"{len(manifest['parts'])} parts, each with the SHA-256 it had",
        f"{rows} rows in {len(manifest['counts'])} tables",
        f"{journal['lines']} lines of the journal, the chain {chain}",
        f"the desk folder {manifest['desk'][:12]}",
    )


def _fault(file: Path, what: str) -> DeskFault:
    return DeskFault((Fault(str(file), 1, what),))
