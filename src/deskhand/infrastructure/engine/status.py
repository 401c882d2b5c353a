"""How the runs are: counts, failures, results. Reads the table of DBOS; a change of its columns shows here first."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

FAILED = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
MESSAGE = "resolve_message"  # the story of what a customer wrote
BEGAN: sa.ColumnClause[int] = sa.column("created_at", sa.BigInteger)
MANY = 400  # names in one statement
ENDED = ("SUCCESS", "CANCELLED", *FAILED)


@dataclass(frozen=True)
class Counts:
    """Runs that wait for their turn, wait for their time, are under way, or ended in an error."""

    queued: int
    delayed: int
    running: int
    failed: int


@dataclass(frozen=True)
class Anew:
    """What customers wrote after a moment: ticket and message of each."""

    at: datetime
    messages: frozenset[tuple[str, str]]

    @property
    def tickets(self) -> frozenset[str]:
        return frozenset(ticket for ticket, _ in self.messages)

    def spares(self, key: str, ticket: str, story: str, began: int) -> bool:
        """Whether it is such a run, or one that followed it, of which the database knows the second."""
        followed = story != MESSAGE and began >= int(self.at.timestamp()) * 1000
        first = story == MESSAGE and tuple(key.split("/", 2)[1:]) in self.messages
        return first or (followed and ticket in self.tickets)


class Status:
    """Reads only, without a lock."""

    def __init__(self, database: sa.Engine):
        columns = [sa.column(name, sa.Text) for name in ("workflow_uuid", "status", "name", "queue_partition_key")]
        schema = None if database.dialect.name == "sqlite" else "dbos"
        self.database, self.runs = database, sa.table("workflow_status", *columns, schema=schema)

    def tickets(self) -> set[str]:
        with self.database.connect() as connection:
            found = connection.scalars(sa.select(self.runs.c.queue_partition_key).distinct())
            return {one for one in found if one}

    def keys_of(self, tickets: Collection[str], *, ended: bool = False, but: Anew | None = None) -> list[str]:
        """The runs of these tickets, or those of them that have `ended`."""
        every, found = sorted(tickets), list[str]()
        with self.database.connect() as connection:
            for start in range(0, len(every), MANY):
                which = self.runs.c.queue_partition_key.in_(every[start : start + MANY])
                over = self.runs.c.status.in_(ENDED) if ended else sa.true()
                columns = (self.runs.c.workflow_uuid, self.runs.c.queue_partition_key, self.runs.c.name, BEGAN)
                rows = connection.execute(sa.select(*columns).select_from(self.runs).where(which, over))
                found += [
                    key for key, ticket, story, began in rows if not (but and but.spares(key, ticket, story, began))
                ]
        return found

    def tickets_saying(self, words: Collection[str]) -> set[str]:
        """The tickets of runs with one of these texts in the outcome of a step, or in their result."""
        found = set[str]()
        if not words:
            return found
        with self.database.connect() as connection:
            for name in ("operation_outputs", "workflow_output"):
                kept = sa.table(
                    name,
                    sa.column("workflow_uuid", sa.Text),
                    sa.column("output", sa.Text),
                    schema=self.runs.schema,
                )
                says = sa.or_(*(kept.c.output.icontains(one, autoescape=True) for one in words))
                key = self.runs.c.queue_partition_key
                joined = self.runs.c.workflow_uuid == kept.c.workflow_uuid
                found |= set(connection.scalars(sa.select(key).where(joined, says).distinct()))
        return {one for one in found if one}

    def counts(self) -> Counts:
        live = ("ENQUEUED", "DELAYED", "PENDING", *FAILED)
        state = self.runs.c.status
        by_state = sa.select(state, sa.func.count()).where(state.in_(live)).group_by(state)
        with self.database.connect() as connection:
            known = {row[0]: row[1] for row in connection.execute(by_state)}
        failed = sum(known.get(name, 0) for name in FAILED)
        return Counts(known.get("ENQUEUED", 0), known.get("DELAYED", 0), known.get("PENDING", 0), failed)

    def queued_since(self) -> datetime | None:
        """Since when the oldest run waits for its turn; None when none does."""
        queued = sa.select(sa.func.min(sa.column("created_at", sa.BigInteger))).select_from(self.runs)
        with self.database.connect() as connection:
            found = connection.scalar(queued.where(self.runs.c.status == "ENQUEUED"))
        return datetime.fromtimestamp(found / 1000, UTC) if found else None

    def at_work(self, keys: Collection[str]) -> list[str]:
        """Those of these runs that have not ended."""
        every, found = sorted(keys), list[str]()
        with self.database.connect() as connection:
            for start in range(0, len(every), MANY):
                which = self.runs.c.workflow_uuid.in_(every[start : start + MANY])
                over = self.runs.c.status.not_in(ENDED)
                found += connection.scalars(sa.select(self.runs.c.workflow_uuid).where(which, over))
        return found

    def state(self, key: str) -> str | None:
        with self.database.connect() as connection:
            return connection.scalar(sa.select(self.runs.c.status).where(self.runs.c.workflow_uuid == key))

    def wait(self, key: str, timeout: float) -> str:
        """The state a run ended in. TimeoutError when it has not ended by then."""
        return poll(lambda: state if (state := self.state(key)) in ENDED else None, timeout, f"{key} has not ended")

    def untold(self, stories: Collection[str], prefix: str) -> list[tuple[str, str, str, str]]:
        """(story, ticket, key, state) of failed runs of these stories that no run named `prefix` + key tells of."""
        told = self.runs.alias("told")
        run = self.runs.c
        missing = ~sa.exists().where(told.c.workflow_uuid == sa.literal(prefix) + run.workflow_uuid)
        wanted = sa.select(run.name, run.queue_partition_key, run.workflow_uuid, run.status).where(
            run.status.in_(FAILED), run.name.in_(stories), missing
        )
        with self.database.connect() as connection:
            return [(row[0], row[1], row[2], row[3]) for row in connection.execute(wanted.limit(100))]


def poll(look: Callable[[], str | None], timeout: float, what: str) -> str:
    """Look more and more rarely until there is something to see."""
    end, pause = time.monotonic() + timeout, 0.005
    while (seen := look()) is None:
        if time.monotonic() > end:
            raise TimeoutError(f"{what} within {timeout:g} s")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return seen
