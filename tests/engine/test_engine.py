"""The engine: started with the rows that tell why, in order within a ticket, side by side across tickets."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from tests.engine.conftest import Running
from tests.engine.stories import AT

from deskhand.domain.money import Money
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.lock import AnotherWorker


def test_a_run_gives_its_result_as_json(running: Running, ticket: str) -> None:
    told = json.loads(running.result(running.start("price", ticket, "2900")))
    assert told == {"price": {"minor": 2900, "currency": "USD"}, "at": "2026-03-01T12:30:15.123456Z"} | {
        "tags": ["a", "b"],
        "note": None,
    }


def test_a_rolled_back_transaction_starts_nothing(running: Running, ticket: str) -> None:
    with pytest.raises(RuntimeError):
        enqueue_and_fail(running, ticket)
    running.result(running.start("say", ticket, ticket, "after"))
    assert running.world.words(ticket) == ["after"]
    assert running.engine.status.state(f"{ticket}/lost") is None


def enqueue_and_fail(running: Running, ticket: str) -> None:
    with running.database.begin() as connection:
        running.engine.enqueue(connection, "say", ticket, f"{ticket}/lost", ticket, "lost")
        raise RuntimeError


def test_a_key_starts_one_run_however_often_it_is_used(running: Running, ticket: str) -> None:
    for word in ("first", "second"):
        running.start("say", ticket, ticket, word, key=f"{ticket}/once")
    running.result(f"{ticket}/once")
    running.start("say", ticket, ticket, "third", key=f"{ticket}/once")
    running.result(running.start("say", ticket, ticket, "other"))
    assert running.world.words(ticket) == ["first", "other"]


def test_turns_of_a_ticket_run_in_order_whatever_their_keys(running: Running, ticket: str) -> None:
    keys = {9: "a", 3: "c", 1: "z", 2: "b", 7: "d"}
    with running.database.begin() as connection:
        for turn, key in keys.items():
            running.engine.enqueue(connection, "say", ticket, f"{ticket}/{key}", ticket, str(turn), turn=turn)
    for key in keys.values():
        running.result(f"{ticket}/{key}")
    assert running.world.words(ticket) == ["1", "2", "3", "7", "9"]


def test_tickets_run_side_by_side(running: Running, ticket: str) -> None:
    keys = [running.start("meet", f"{ticket}/{place}", ticket) for place in (1, 2)]
    assert [running.result(key) for key in keys] == ["null", "null"]


def test_many_threads_may_start_runs_at_once(running: Running, ticket: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda n: running.start("say", f"{ticket}/{n}", ticket, str(n)), range(20)))
    for key in keys:
        running.result(key)
    assert sorted(running.world.words(ticket), key=int) == [str(n) for n in range(20)]


def test_a_delayed_run_lets_others_go_first(running: Running, ticket: str) -> None:
    later = running.start("say", ticket, ticket, "later", delay=1)
    assert running.engine.counts().delayed == 1
    assert running.engine.idle()
    running.result(running.start("say", ticket, ticket, "now"))
    running.result(later)
    assert running.world.words(ticket) == ["now", "later"]


def test_waiting_for_a_run_that_does_not_end_gives_up(running: Running, ticket: str) -> None:
    key = running.start("say", ticket, ticket, "much later", delay=3600)
    with pytest.raises(TimeoutError, match=key):
        running.engine.wait(key, 0.05)


def test_an_unknown_story_is_refused_before_anything_is_written(running: Running, ticket: str) -> None:
    with pytest.raises(LookupError, match="sya"):
        running.start("sya", ticket)


def test_a_step_outside_a_run_is_a_plain_call(running: Running) -> None:
    assert running.engine.step(Money.parse, "29.00 USD") == Money(2900, "USD")


def test_a_step_within_a_step_is_a_plain_call(running: Running, ticket: str) -> None:
    assert running.result(running.start("nest", ticket, ticket)) == '"fetched"'


def test_a_second_engine_in_the_same_process_is_refused(running: Running) -> None:
    with pytest.raises(AnotherWorker):
        Engine(running.database, running.engine.url).start()


def test_old_runs_are_forgotten_and_young_ones_kept(running: Running, ticket: str) -> None:
    old, young = (running.start("say", ticket, ticket, age, key=f"{ticket}/{age}") for age in ("old", "young"))
    for key in (old, young):
        running.result(key)
    schema = "" if running.database.dialect.name == "sqlite" else "dbos."
    with running.database.begin() as connection:
        age = f"update {schema}workflow_status set completed_at = 1 where workflow_uuid = :key"
        connection.execute(sa.text(age), {"key": old})
    running.engine.wait(running.engine.client.trigger_schedule("purge").workflow_id, 30)
    assert running.engine.status.state(old) is None
    assert running.engine.status.state(young) == "SUCCESS"


def test_everything_in_the_database_is_json(running: Running, ticket: str) -> None:
    running.world.trouble[ticket] = [ValueError("bad")]
    running.result(running.start("price", ticket, str(AT.year)))
    failing = running.start("fetch", ticket, ticket)
    running.result(running.start("say", ticket, ticket, "last"))
    assert running.engine.status.wait(failing, 30) == "ERROR"
    schema = None if running.database.dialect.name == "sqlite" else "dbos"
    known = sa.inspect(running.database)
    texts = 0
    with running.database.connect() as connection:
        for name in known.get_table_names(schema):
            table = sa.Table(name, sa.MetaData(), autoload_with=running.database, schema=schema)
            if "serialization" in table.c:
                assert set(connection.scalars(sa.select(table.c.serialization))) <= {"portable_json", None}
            for column in table.c:
                if column.name in ("inputs", "output", "error", "context", "message", "value"):
                    for text in connection.scalars(sa.select(column).where(column.is_not(None))):
                        json.loads(text)
                        texts += 1
    assert texts > 5
