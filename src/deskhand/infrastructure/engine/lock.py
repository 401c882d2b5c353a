"""One worker for a SQLite file: a second one would restart the first one's running work."""

import fcntl
from pathlib import Path
from typing import IO

from deskhand.domain.errors import DeskhandError


class AnotherWorker(DeskhandError):
    """This database has its worker already; nothing was started."""


def hold(path: Path) -> IO[str]:
    """The lock, held until the file is closed or the process ends, however it ends."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AnotherWorker("Another worker runs on this SQLite file. For more than one, use PostgreSQL.") from None
    return file
