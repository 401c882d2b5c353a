"""What a ticket left behind: in the desk's memory, and of the desk itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from deskhand.bootstrap import Queries
from deskhand.domain.journal_line import Broken, Verified
from deskhand.infrastructure.engine.status import Counts, Status
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.results import SqlResults
from deskhand.infrastructure.storage.tables.effects import effect
from deskhand.infrastructure.storage.tables.tickets import inbox
from deskhand.infrastructure.storage.tables.tickets import ticket as tickets
from deskhand.measurement.metrics import Metrics, metrics

RUNS = sa.text("select workflow_uuid, status from workflow_status where workflow_uuid like :start order by created_at")


@dataclass(frozen=True)
class Remembered:
    """One ticket. `runs` are those of its messages; `ended` are its messages as they ended, in order, `said` what the
    desk believes to have answered.

    `effects`: every action that was reserved, in order, and what became of it. `done` as often as the journal says so.
    """

    filed: tuple[str, ...]
    runs: Mapping[str, str]
    ended: tuple[str, ...]
    said: tuple[str, ...]
    outcomes: Mapping[str, int]
    effects: tuple[tuple[str, str], ...]
    done: tuple[str, ...]
    owner: str


def remembered(state: Path, ticket: str) -> Remembered:
    with _open(state) as database:
        lines = Queries(database).timeline(ticket)
        filed = sa.select(inbox.c.message).where(inbox.c.ticket == ticket).order_by(inbox.c.message)
        reserved = sa.select(effect.c.action, effect.c.state).where(effect.c.ticket == ticket).order_by(effect.c.at)
        ended = tuple(dict.fromkeys(one.body["message"] for one in lines if one.kind == "message.ended"))
        with database.connect() as connection:
            results = [SqlResults(connection).get(ticket, message) for message in ended]
            return Remembered(
                filed=tuple(connection.scalars(filed)),
                runs={row[0]: row[1] for row in connection.execute(RUNS, {"start": f"message/{ticket}/%"})},
                ended=ended,
                said=tuple(one.reply for one in results if one),
                outcomes=metrics(lines).outcomes,
                effects=tuple((row.action, row.state) for row in connection.execute(reserved)),
                done=tuple(one.body["action"] for one in lines if one.kind == "effect.done"),
                owner=str(connection.scalar(sa.select(tickets.c.owner).where(tickets.c.ticket == ticket))),
            )


def whole(state: Path) -> tuple[Verified | Broken, Counts, Metrics]:
    """Whether the journal is as it was written, how the runs are, and the numbers of everything."""
    with _open(state) as database:
        queries = Queries(database, (state / "secret").read_bytes())
        return queries.verify(), Status(database).counts(), metrics(queries.lines())


@contextmanager
def _open(state: Path) -> Iterator[sa.Engine]:
    database = connect(f"sqlite:///{state / 'desk.sqlite'}")
    try:
        yield database
    finally:
        database.dispose()
