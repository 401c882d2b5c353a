"""Who writes to a SQLite file next, within one process: the next who waits, at once.

SQLite itself lets writers look again after naps of up to a tenth of a second, in which nobody writes at all.
"""

import threading
import weakref
from functools import partial
from typing import Any

import sqlalchemy as sa

HELD = "deskhand_turn"  # what a connection carries while it has its turn
WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE")  # where the driver begins a transaction that writes
LONGEST = 30.0  # seconds; then SQLite is asked all the same, which has the last word


class Turn:
    """One at a time, over all engines of a file."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def take(self, info: dict[Any, Any]) -> None:
        if HELD not in info and self.lock.acquire(timeout=LONGEST):
            info[HELD] = self

    @staticmethod
    def leave(info: dict[Any, Any]) -> None:
        if held := info.pop(HELD, None):
            held.lock.release()


_turns: "weakref.WeakValueDictionary[str, Turn]" = weakref.WeakValueDictionary()


def take_turns(engine: sa.Engine, file: str) -> None:
    """A connection of this engine has its turn from its first write until it is given back, or has left it."""
    turn = _turns.setdefault(file, Turn())
    sa.event.listen(engine, "before_cursor_execute", partial(_wait, turn))
    sa.event.listen(engine, "checkin", _given_back)
    sa.event.listen(engine, "invalidate", _lost)


def leave(connection: sa.Connection) -> None:
    """What this connection has written is committed, and it writes no more."""
    Turn.leave(connection.info)


def _wait(turn: Turn, connection: sa.Connection, _cursor: object, statement: str, *_: object) -> None:
    if statement.lstrip()[:7].upper().startswith(WRITES):
        turn.take(connection.info)


def _given_back(_raw: object, record: Any) -> None:
    Turn.leave(record.info)


def _lost(_raw: object, record: Any, _error: object) -> None:
    Turn.leave(record.info)
