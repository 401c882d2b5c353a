"""A desk with a long past: what pages ask of its database reads no table from end to end."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from tests.storage.values import NOW

from deskhand.bootstrap.trials.long_past import customer_of, fill_history, ticket_of
from deskhand.domain.journal_line import Sought, Verified
from deskhand.domain.queue import Filters, View
from deskhand.infrastructure.storage import journal, queries, queue, seals
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.inbox import SqlInbox
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.measurement.drift.alarms import KINDS

TICKETS, SECRET = 60, b"secret"
Asking = Callable[[sa.Connection], object]


def listed(view: View, connection: sa.Connection) -> object:
    return queue.queue(connection, view, "ana", Filters(), limit=51)


ASKED: dict[str, Asking] = {
    **{f"queue {view}": partial(listed, view) for view in View},
    "queue of a channel": lambda it: queue.queue(it, View.ALL, "ana", Filters(channel="email"), limit=51),
    "how many wait": lambda it: queue.waiting(it, "ana"),
    "how many everybody has": queue.waiting_by_person,
    "channels": queue.channels,
    "last event of a system": lambda it: SqlInbox(it).last_of("zendesk"),
    "timeline of a customer": lambda it: queries.contacts(it, customer_of(1)),
    "timeline of a ticket": lambda it: queries.timeline(it, ticket_of(1)),
    "alarms": lambda it: journal.lines(it, kinds=KINDS),
    "audit of a day": lambda it: journal.found(it, Sought(since=NOW - timedelta(days=1), until=NOW), 51),
    "what is sealed, at every start": lambda it: seals.sealed_lines(it, SECRET, seals.STAGES),
    "audit of a kind": lambda it: journal.found(it, Sought(kind="csat.given"), 51),
}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('past') / 'desk.sqlite'}")
    migrate(engine)
    fill_history(engine, TICKETS, NOW)
    with SqlStore(engine, lambda *_, **__: None, secret=SECRET).begin() as tx:
        tx.stages.append("rollout.written", {"by": "desk.toml"}, NOW + timedelta(days=30))
    yield engine
    engine.dispose()


def test_a_made_up_past_is_a_journal_as_a_desk_writes_it(past: sa.Engine) -> None:
    with past.connect() as connection:
        assert isinstance(journal.verify(connection), Verified)
        lines = journal.lines(connection, limit=10_000)
        shown = queue.queue(connection, View.ALL, "ana", Filters(), limit=TICKETS + 1)
        of_one = queries.contacts(connection, customer_of(1))
    assert [one.at for one in lines] == sorted(one.at for one in lines)
    assert {one.ticket for one in shown} == {ticket_of(number) for number in range(TICKETS)}
    assert all(one.closed and one.outcome for one in shown)
    assert sorted(one.ticket for one in of_one) == [ticket_of(0), ticket_of(1)]


@pytest.mark.parametrize("asking", ASKED.values(), ids=ASKED)
def test_nothing_that_a_page_asks_reads_or_sorts_all_there_is(past: sa.Engine, asking: Asking) -> None:
    for step in _plans(past, asking):
        in_order = step.endswith("USING INDEX ticket_changed_at")
        walks_all = (step.startswith("SCAN") and not in_order) or "(rowid>?)" in step
        assert not walks_all or step.startswith("SCAN anon"), step


@pytest.mark.parametrize("view", [View.WATCH, View.ALL])
def test_a_queue_of_all_tickets_is_read_in_order_and_not_sorted(past: sa.Engine, view: View) -> None:
    steps = list(_plans(past, ASKED[f"queue {view}"]))
    assert steps[-1] == "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY", steps


def _plans(engine: sa.Engine, asking: Asking) -> Iterator[str]:
    """What SQLite does for each statement, step by step."""
    said: list[tuple[str, object]] = []

    def listen(connection: object, cursor: object, statement: str, values: object, *rest: object) -> None:
        said.append((statement, values))

    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        with engine.connect() as connection:
            asking(connection)
            for statement, values in list(said):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
                yield from (row[3] for row in plan)
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
