"""Work that may wait: in a queue that nobody serves, and let among the others a few at a time."""

import time
from collections.abc import Callable

import sqlalchemy as sa

from deskhand.infrastructure.engine.status import BEGAN, Status

SHARE = 4  # one in so many of a worker's places
PATIENCE = 60.0  # seconds after which one that was let in no longer keeps the next ones out: its ticket may be stuck
PRIORITY: sa.ColumnClause[int] = sa.column("priority", sa.Integer)


class Bulk:
    """Moves runs from the queue `waiting` to the queue `served`, at most a share of `at_once` places at a time, so
    that thousands of them keep nobody from being served, and go on whatever else there is."""

    every = 0.1  # seconds between two looks

    def __init__(
        self,
        database: sa.Engine,
        *,
        waiting: str,
        served: str,
        at_once: int,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.database, self.waiting, self.served, self.clock = database, waiting, served, clock
        self.status, self.share = Status(database), max(1, at_once // SHARE)
        self.inside: dict[str, float] = {}  # since when

    def let_in(self) -> None:
        """As many as there is room for, the oldest first."""
        now = self.clock()
        if self.inside:
            going = set(self.status.at_work(self.inside))
            self.inside = {key: at for key, at in self.inside.items() if key in going and now - at < PATIENCE}
        if room := self.share - len(self.inside):
            self.inside.update(dict.fromkeys(self._moved(room), now))

    def _moved(self, room: int) -> list[str]:
        """Peers may be at it, too. On SQLite it locks nothing while there is nothing to move."""
        runs = self.status.runs
        waits = sa.and_(runs.c.queue_name == self.waiting, runs.c.status == "ENQUEUED")
        oldest = sa.select(runs.c.workflow_uuid).where(waits).order_by(PRIORITY, BEGAN).limit(room)
        with self.database.begin() as connection:
            keys = list(connection.scalars(oldest.with_for_update(skip_locked=True)))
            if not keys:
                return []
            moved = sa.update(runs).where(runs.c.workflow_uuid.in_(keys), waits).values(queue_name=self.served)
            return list(connection.scalars(moved.returning(runs.c.workflow_uuid)))
