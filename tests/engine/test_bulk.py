"""Bulk work: never more than its share of a worker's places, always some of them, and in order within a ticket."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
import sqlalchemy as sa
from tests.storage.databases import new

from deskhand.infrastructure.engine.bulk import PATIENCE, Bulk
from deskhand.infrastructure.engine.engine import LATER, QUEUE, Engine
from deskhand.infrastructure.engine.status import poll
from deskhand.infrastructure.storage.database import connect

AT_ONCE, SHARE = 8, 2  # places of the worker, and how many of them bulk work may have


class Office:
    """A worker with three stories: `hold` goes on until it is let go, `answer` is done at once, and `again` starts its
    own next run until it is told to stop."""

    def __init__(self, database: sa.Engine, url: str):
        self.database = database
        self.engine = Engine(database, url, poll=0.02, at_once=AT_ONCE)
        self.engine.migrate()
        self.go, self.stop = Event(), Event()
        self.begun: list[str] = []
        self.rounds: Counter[str] = Counter()

        def hold(ticket: str) -> None:
            self.begun.append(ticket)
            self.go.wait(60)

        def answer(ticket: str) -> None:
            self.begun.append(ticket)

        def again(ticket: str) -> None:
            self.rounds[ticket] += 1
            if not self.stop.is_set():
                self.start("again", ticket)

        for story in (hold, answer, again):
            self.engine.register(story.__name__, story)

    def start(self, story: str, *tickets: str, delay: float = 0, bulk: bool = False) -> list[str]:
        keys = [uuid4().hex for _ in tickets]
        with self.database.begin() as connection:
            for key, ticket in zip(keys, tickets, strict=True):
                self.engine.enqueue(connection, story, ticket, key, ticket, delay=delay, bulk=bulk)
        return keys

    def ended(self, *keys: str) -> None:
        for key in keys:
            assert self.engine.status.wait(key, 60) == "SUCCESS"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    url = new(request, tmp_path_factory.mktemp("bulk"))
    office = Office(connect(url), url)
    office.engine.start()
    yield office
    office.go.set()
    office.engine.stop()
    office.database.dispose()


@pytest.fixture
def office(place: Office) -> Iterator[Office]:
    place.go.clear()
    place.begun.clear()
    yield place
    place.go.set()
    poll(lambda: "idle" if place.engine.idle() else None, 60, "the worker is idle")


def names(many: int) -> list[str]:
    return [f"chat:ticket:{uuid4().hex}" for _ in range(many)]


@pytest.mark.parametrize("how", ["started", "due"])
def test_a_customer_who_writes_is_served_while_five_hundred_bulk_runs_wait(office: Office, how: str) -> None:
    tickets = names(500)
    keys = office.start("hold", *tickets, bulk=how == "started", delay=0.01 if how == "due" else 0)
    poll(lambda: "full" if len(office.begun) == SHARE and not office.engine.counts().delayed else None, 30, "both")
    office.ended(*office.start("answer", *names(AT_ONCE)))
    assert len(office.begun) == SHARE + AT_ONCE
    counts = office.engine.counts()
    assert (counts.running, counts.queued) == (SHARE, 500 - SHARE)
    office.engine.forget_runs([key for key, ticket in zip(keys, tickets, strict=True) if ticket not in office.begun])


def test_bulk_work_goes_on_while_there_is_always_more_urgent_work_than_places(office: Office) -> None:
    urgent = names(4 * AT_ONCE)
    office.start("again", *urgent)
    poll(lambda: "busy" if len(office.rounds) == len(urgent) else None, 60, "every ticket had a turn")
    office.ended(*office.start("answer", *names(10), bulk=True))
    office.stop.set()
    assert len(office.begun) == 10


def test_a_ticket_still_does_one_thing_at_a_time(office: Office) -> None:
    (ticket,) = names(1)
    bulk = office.start("hold", ticket, bulk=True)
    poll(lambda: "held" if office.begun else None, 30, "it began")
    message = office.start("answer", ticket)
    office.ended(*office.start("answer", *names(3)))
    assert office.engine.status.state(message[0]) == "ENQUEUED"
    office.go.set()
    office.ended(*bulk, *message)


def test_what_is_let_in_and_cannot_begin_keeps_the_rest_out_for_a_while_only(url: str) -> None:
    database, now = connect(url), [0.0]
    closed = Office(database, url)
    closed.start("answer", *names(5), bulk=True)
    bulk = Bulk(database, waiting=LATER, served=QUEUE, at_once=AT_ONCE, clock=lambda: now[0])
    moved = []
    for now[0] in (0, 1, PATIENCE, 2 * PATIENCE, 3 * PATIENCE):
        bulk.let_in()
        moved.append(len(bulk.inside))
    queued = closed.engine.counts().queued
    database.dispose()
    assert moved == [2, 2, 2, 1, 0]
    assert queued == 5


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_workers_let_in_each_run_once(url: str) -> None:
    database = connect(url)
    keys = set(Office(database, url).start("answer", *names(60), bulk=True))
    peers = [Bulk(database, waiting=LATER, served=QUEUE, at_once=40) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Bulk.let_in, peers))
    let_in = [key for peer in peers for key in peer.inside]
    database.dispose()
    assert len(let_in) == len(set(let_in)) == 40
    assert set(let_in) < keys
