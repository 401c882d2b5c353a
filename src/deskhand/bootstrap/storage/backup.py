"""A desk as one encrypted file: all that it remembers, and its folder."""

import hmac
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import sqlalchemy as sa

from deskhand import __version__
from deskhand.bootstrap.folder.desk_digest import desk_digest
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken
from deskhand.infrastructure.backup import postgres
from deskhand.infrastructure.backup.parcel import ParcelReader, ParcelWriter
from deskhand.infrastructure.backup.sealed_file import SealedReader, SealedWriter
from deskhand.infrastructure.backup.sqlite_copy import copy_sqlite
from deskhand.infrastructure.storage import journal
from deskhand.infrastructure.storage.database import connect
from deskhand.settings import Settings

MADE = "backup.made"
SHORTEST = 12  # characters of a pass phrase
PIECE = 1 << 18
DATABASE, STATE, DESK = "database", "state", "desk"  # how the names of parts begin
CACHES = ("vectors.sqlite", "examples.sqlite", "replays")  # computed anew
NOT_OURS = "desk.sqlite"  # the database itself, with its log and its lock
SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")

Progress = Callable[[str, int, int], None]  # what is done, how much of it, and of how much (0: nobody knows)


@dataclass(frozen=True)
class Backup:
    """`id` is in the journal of the desk, `digest` the SHA-256 of the file, `size` its bytes; `manifest` says what it
    holds."""

    id: str
    digest: str
    size: int
    manifest: Mapping[str, Any]


def backup(
    settings: Settings, to: Path, phrase: str, *, by: str, clock: Callable[[], datetime], tell: Progress
) -> Backup:
    """Write it beside all other work: what was committed when it began is in it. Never over another file."""
    _fit(phrase)
    if to.exists():
        raise _fault(to, "is there already; name a file that is not. Nothing was done")
    if to.resolve().is_relative_to(settings.folder.resolve()):
        raise _fault(to, "lies in the desk folder, which it is to protect; name a place elsewhere. Nothing was done")
    if not has_journal(settings):
        raise _fault(settings.state, "this desk remembers nothing yet: nothing was ever asked of it")
    id, part = uuid4().hex[:12], to.with_name(f"{to.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            sealed = SealedWriter(file, phrase)
            told = _write(settings, ParcelWriter(sealed), id, clock(), tell)
            sealed.close()
        part.rename(to)
    finally:
        part.unlink(missing_ok=True)
    body = {
        "backup": id,
        "file": to.name,
        "sha256": sealed.digest,
        "bytes": sealed.size,
        "lines": told["journal"]["lines"],
        "last_hash": told["journal"]["last_hash"],
        "desk": told["desk"],
        "by": by,
    }
    with open_store(settings) as store, store.begin() as tx:
        tx.backups.append(MADE, body, clock())
    return Backup(id, sealed.digest, sealed.size, told)


def look_through(file: Path, phrase: str, tell: Progress) -> Mapping[str, Any]:
    """The manifest of a backup of which every byte was proved; `Unopened` for any other file. Nothing is written."""
    whole, done = file.stat().st_size, 0
    with file.open("rb") as opened:
        reader = ParcelReader(SealedReader.open(opened, phrase))
        for name, pieces in reader:
            for piece in pieces:
                done += len(piece)
                tell(f"reading {name}", opened.tell(), whole)
    return reader.manifest


def fingerprint(secret: bytes) -> str:
    """Tells one desk secret from another, and nothing else of it."""
    return hmac.digest(secret, b"backup", "sha256").hex()[:16]


def facts(connection: sa.Connection) -> dict[str, Any]:
    """How much is remembered, and whether the journal is whole."""
    proof = journal.verify(connection)
    last = connection.execute(journal.LAST).one_or_none()
    return {
        "journal": {
            "lines": last.seq if last else 0,
            "last_hash": last.hash if last else journal.FIRST,
            "broken": f"line {proof.seq}: {proof.why}" if isinstance(proof, Broken) else "",
        },
        "counts": {name: _count(connection, schema, table) for name, schema, table in _tables(connection)},
        "revision": _revision(connection),
    }


def _write(settings: Settings, parcel: ParcelWriter, id: str, now: datetime, tell: Progress) -> dict[str, Any]:
    told: dict[str, Any] = {
        "format": 1,
        "backup": id,
        "made_at": now.isoformat(),
        "version": __version__,
        "company": settings.table.company,
        "desk": desk_digest(settings),
        "secret": fingerprint(desk_secret(settings)),
        "secret_given": "DESKHAND_SECRET" in settings.secrets,
        "database": "sqlite" if settings.database_url.startswith("sqlite") else "postgresql",
    }
    for name, file in (*_state_files(settings), *_desk_files(settings)):
        tell(f"copying {name}", 0, 0)
        if file.suffix == ".sqlite":
            with _copied(settings, file, lambda done, whole: None) as copy:
                parcel.add(name, _pieces(copy))
        else:
            parcel.add(name, _pieces(file))
    if told["database"] == "sqlite":
        file = Path(str(sa.make_url(settings.database_url).database))
        with _copied(settings, file, partial(tell, "copying the database")) as copy:
            tell("counting what is in it", 0, 0)
            told |= _facts_of(copy)
            whole = copy.stat().st_size
            parcel.add(DATABASE, _told(_pieces(copy), whole, partial(tell, "encrypting the database")))
    else:
        told |= _dump(settings, parcel, tell)
    parcel.close(told)
    return told | {"parts": parcel.parts}


def _dump(settings: Settings, parcel: ParcelWriter, tell: Progress) -> dict[str, Any]:
    engine = connect(settings.database_url)
    try:
        alike = engine.execution_options(isolation_level="REPEATABLE READ")
        with alike.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            snapshot = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
            tell("counting what is in it", 0, 0)
            found = facts(connection)
            whole = int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
            pieces = postgres.dumped(engine, settings.database_url, snapshot)
            parcel.add(DATABASE, _told(pieces, whole, partial(tell, "copying the database")))
        return found
    finally:
        engine.dispose()


@contextmanager
def _copied(settings: Settings, file: Path, progress: Callable[[int, int], None]) -> Iterator[Path]:
    """A copy that is gone when the block ends; nobody else may read it."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.state) as folder:
        copy = Path(folder) / file.name
        copy_sqlite(file, copy, progress)
        yield copy


def _facts_of(file: Path) -> dict[str, Any]:
    engine = connect(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            return facts(connection)
    finally:
        engine.dispose()


def _tables(connection: sa.Connection) -> Iterator[tuple[str, str | None, str]]:
    """Name, schema and table of each."""
    inspector = sa.inspect(connection)
    if connection.dialect.name == "sqlite":
        yield from ((name, None, name) for name in sorted(inspector.get_table_names()))
        return
    for schema in sorted(inspector.get_schema_names()):
        if schema not in SYSTEM_SCHEMAS and not schema.startswith("pg_"):
            yield from ((f"{schema}.{name}", schema, name) for name in sorted(inspector.get_table_names(schema)))


def _count(connection: sa.Connection, schema: str | None, name: str) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name, schema=schema))) or 0)


def _revision(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def _state_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """All but the database, caches and what is being written at the moment."""
    for file in _below(settings.state):
        name = file.relative_to(settings.state)
        passing = file.suffix in (".lock", ".part", ".new") or file.name.endswith(("-wal", "-shm", "-journal"))
        first = name.parts[0]
        if not (passing or first in CACHES or first.startswith(("backup-", NOT_OURS))):
            yield f"{STATE}/{name.as_posix()}", file


def _desk_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Not what lies in hidden folders: the state is a part of its own, and histories of changes are not ours."""
    for file in _below(settings.folder):
        name = file.relative_to(settings.folder)
        if not any(part.startswith(".") or part == "__pycache__" for part in name.parts[:-1]):
            yield f"{DESK}/{name.as_posix()}", file


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (file for name in sorted(names) if (file := Path(place) / name).is_file())


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from iter(partial(opened.read, PIECE), b"")


def _told(pieces: Iterator[bytes], whole: int, tell: Callable[[int, int], None]) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        done += len(piece)
        tell(done, max(whole, done))
        yield piece


def _fit(phrase: str) -> None:
    if len(phrase) < SHORTEST:
        raise _fault(Path("backup"), f"the pass phrase needs {SHORTEST} characters: a shorter one can be guessed")


def _fault(file: Path, what: str) -> DeskFault:
    return DeskFault((Fault(str(file), 1, what),))


def save(pieces: Iterator[bytes], file: Path) -> None:
    """For its owner alone, and on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        _all(pieces, opened)
        opened.flush()
        os.fsync(opened.fileno())


def _all(pieces: Iterator[bytes], file: IO[bytes]) -> None:
    for piece in pieces:
        file.write(piece)
