"""One worker for a SQLite file: a second one would restart the first one's running work."""

import fcntl
import time
from pathlib import Path
from typing import IO

from deskhand.domain.errors import DeskhandError

PAUSES = (0.01, 0.05)  # seconds: whoever only looks is gone by then


class AnotherWorker(DeskhandError):
    """This database has its worker already; nothing was started."""


def held(path: Path) -> bool:
    """Whether some process holds it at this moment. Looking holds it for an instant; `hold` tries again after that."""
    try:
        with path.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def hold(path: Path) -> IO[str]:
    """The lock, held until the file is closed or the process ends, however it ends."""
    file = path.open("w")
    for pause in (*PAUSES, None):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            if pause is not None:
                time.sleep(pause)
    file.close()
    raise AnotherWorker("Another worker runs on this SQLite file. For more than one, use PostgreSQL.")
