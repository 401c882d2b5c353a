"""Four workers on PostgreSQL, and everything goes wrong: nothing is lost, done twice or out of order."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from tests.chaos.crew import ROOT, crew
from tests.chaos.customers import Customers, Ticket
from tests.chaos.database import Server
from tests.chaos.hosts import DATABASE, SYSTEMS, apart, hosts
from tests.chaos.systems import Systems
from tests.chaos.troubles import Troubles
from tests.crash.lives import ONE_THREAD, SECRETS, desk_at
from tests.storage.postgres import missing

from deskhand.bootstrap import Queries
from deskhand.connectors.records import twin as records
from deskhand.domain.journal_line import JournalLine, Verified
from deskhand.domain.stage import Stage
from deskhand.infrastructure.engine.status import Counts, Status
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.tables.effects import effect
from deskhand.infrastructure.storage.tables.tickets import inbox

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(3600)]

WORKERS, PORT = 4, 8080
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
REST = 300  # seconds within which everything ends, once nothing goes wrong any more: ten leases
SECRET = "chaos-" + 40 * "0"


@dataclass(frozen=True)
class Left:
    """What the chaos left: `lines` of the journal, effects as (ticket, action, state, key)."""

    tickets: list[Ticket]
    lines: list[JournalLine]
    effects: list[tuple[str, str, str, str]]
    filed: dict[str, list[str]]
    journal: object
    counts: Counts
    systems: Systems
    troubles: Troubles

    def of(self, kind: str) -> list[JournalLine]:
        return [one for one in self.lines if one.kind == kind]


@pytest.fixture(scope="module")
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    if missing():
        pytest.skip(missing())
    if os.geteuid() or not apart():
        pytest.skip("it needs root, and a network of its own: run `make chaos`")
    place = tmp_path_factory.mktemp("chaos")
    place.chmod(0o755)
    seed, kills = request.config.getoption("--seed"), request.config.getoption("--kills")
    with ExitStack() as stack:
        yield _lived_through(place, stack, seed, kills)


def _lived_through(place: Path, stack: ExitStack, seed: int, kills: int) -> Left:
    random = Random(seed)
    machines = stack.enter_context(hosts(WORKERS))
    # Not below `place`: the server's own user may not look into folders of root.
    disk = Path(stack.enter_context(TemporaryDirectory(prefix="deskhand-chaos-")))
    server = Server(disk, DATABASE, place / "postgres.log")
    stack.callback(server.end)
    server.make()
    systems = Systems(place, Random(seed + 1))
    stack.enter_context(systems.open(SYSTEMS))
    records.seed(place / "records.sqlite", systems.world)
    desk_at(place, Stage.AUTONOMOUS, systems.address, host=SYSTEMS)
    folder = place / Stage.AUTONOMOUS
    env = {**SECRETS, **ONE_THREAD, "PATH": PATH, "PYTHONPATH": str(ROOT / "src")}
    env |= {"DESKHAND_DATABASE_URL": server.url, "DESKHAND_SECRET": SECRET}
    door, workers = stack.enter_context(crew(folder, machines, env, PORT))
    customers = Customers(systems, f"http://127.0.0.1:{PORT}", Random(seed + 2))
    customers.begin()
    troubles = Troubles(server, machines, systems, door, workers)
    troubles.until(kills, random, lambda text: print(text, flush=True))
    customers.end()
    database = connect(server.url)
    stack.callback(database.dispose)
    counts = _at_rest(Status(database))
    queries = Queries(database, SECRET.encode())
    with database.connect() as connection:
        effects = [
            (row.ticket, row.action, row.state, row.key)
            for row in connection.execute(sa.select(effect).order_by(effect.c.at))
        ]
        filed: dict[str, list[str]] = {}
        for row in connection.execute(sa.select(inbox.c.ticket, inbox.c.message)):
            filed.setdefault(row.ticket, []).append(row.message)
    found = list(customers.tickets.values())
    return Left(found, list(queries.lines()), effects, filed, queries.verify(), counts, systems, troubles)


def _at_rest(status: Status) -> Counts:
    ends = time.monotonic() + REST
    while time.monotonic() < ends:
        counts = status.counts()
        if not (counts.queued or counts.delayed or counts.running):
            break
        time.sleep(1)
    return status.counts()


def test_every_message_was_filed_once_and_ended_once_in_order(left: Left) -> None:
    ended: dict[str, list[str]] = {}
    for line in left.of("message.ended"):
        ended.setdefault(line.ticket, []).append(line.body["message"])
    for ticket in left.tickets:
        assert sorted(left.filed[ticket.ref], key=int) == ticket.messages
        assert ended[ticket.ref] == ticket.messages
    assert left.tickets


def test_nothing_is_left_to_do_and_no_run_ended_in_an_error_that_nobody_saw(left: Left) -> None:
    counts = left.counts
    assert (counts.queued, counts.running) == (0, 0)
    assert counts.failed == len(left.of("run.failed"))


def test_nobody_got_more_than_one_refund_and_each_is_in_the_ledger(left: Left) -> None:
    # The made-up company gave some money back before Deskhand came: those have no key.
    keys = [one["metadata"].get("deskhand_effect") for one in left.systems.refunds()]
    made = Counter(one for one in keys if one)
    known = {key: state for _, action, state, key in left.effects if action == "refund_charge"}
    assert set(made.values()) <= {1}
    assert set(made) <= set(known)
    assert {key for key, state in known.items() if state == "done"} <= set(made)
    assert {known[key] for key in made} <= {"done", "unconfirmed"}
    assert made


def test_each_word_was_written_once(left: Left) -> None:
    for ticket in left.tickets:
        for action, public in (("reply", True), ("note", False)):
            states = [state for ref, name, state, _ in left.effects if (ref, name) == (ticket.ref, action)]
            written = [one for one in left.systems.zendesk.replies(ticket.number) if one["public"] is public]
            assert states.count("done") <= len(written) <= len([one for one in states if one != "declined"]), ticket.ref


def test_every_effect_was_told_of_once(left: Left) -> None:
    told = Counter(line.body["key"] for line in left.of("effect.done"))
    assert set(told.values()) == {1}
    assert set(told) == {key for _, _, state, key in left.effects if state == "done"}


def test_the_journal_is_whole(left: Left) -> None:
    assert isinstance(left.journal, Verified)


def test_it_was_as_bad_as_it_is_meant_to_be(left: Left, request: pytest.FixtureRequest) -> None:
    troubles = left.troubles
    print(troubles.kills, troubles.deaths, dict(troubles.happened), left.counts, len(left.tickets))
    assert troubles.kills >= request.config.getoption("--kills")
