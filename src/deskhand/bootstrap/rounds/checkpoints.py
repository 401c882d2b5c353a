"""Signed checkpoints of the journal: made now and then, kept beside the database, and held against it."""

import json
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from deskhand.bootstrap.every import every
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, Verified
from deskhand.infrastructure.storage import checkpoints
from deskhand.ports.store import Store
from deskhand.settings import Settings

FILE = "checkpoints.jsonl"


def make_checkpoint(settings: Settings, store: Store, now: datetime) -> Checkpoint | None:
    """Sign the newest line, and write it to a file outside the database; None when nothing was written since the last.

    The file comes first: a checkpoint of which only the file knows is right, one of which it knows nothing is missed.
    """
    with store.begin() as tx:
        point = tx.checkpoints.make(now)
        if point is not None:
            line = json.dumps(checkpoints.told(point), ensure_ascii=False) + "\n"
            with (settings.state / FILE).open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
    return point


def checking_in(installation: Installation) -> AbstractContextManager[None]:
    """Until the block ends, a checkpoint every so many minutes; 0 for never."""
    settings, desk = installation.settings, installation.desk
    minutes = settings.table.audit.checkpoint_minutes
    return every(60 * minutes, lambda: make_checkpoint(settings, desk.store, desk.clock()), "signing", at_once=True)


def verify_all(settings: Settings, queries: Queries, copies: Iterable[Path] = ()) -> tuple[Verified | Broken, int]:
    """The whole journal, held against every checkpoint: those in it, in the desk's file, and in `copies` that were kept
    elsewhere. With how many lines were signed."""
    own, elsewhere = read_checkpoints(settings.state / FILE), [one for file in copies for one in _copy(file)]
    alone = settings.database_url.startswith("sqlite")
    return queries.verify_with(elsewhere + ([] if alone else own), own if alone else None)


def read_checkpoints(file: Path) -> list[Checkpoint]:
    """Of a file; none where there is no file."""
    return _copy(file) if file.exists() else []


def _copy(file: Path) -> list[Checkpoint]:
    try:
        return checkpoints.lines_of(file.read_text("utf-8"))
    except (KeyError, TypeError, ValueError) as error:
        what = "holds a line that is no checkpoint: it was changed, or is another file. Nothing was proved; name a copy"
        raise DeskFault((Fault(str(file), 1, what),)) from error
