"""Crashes: a worker dies at the worst moment, and another one goes on behind its last finished step."""

import json
import time
from pathlib import Path

import pytest
from tests.engine import worker
from tests.engine.spawning import Spawn, ready, wait_for

from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.engine.status import poll


def test_a_finished_step_is_not_done_again_by_the_worker_that_takes_over(
    url: str, tmp_path: Path, spawn: Spawn
) -> None:
    engine = worker.engine(url, tmp_path)
    engine.migrate()
    with engine.database.begin() as connection:
        engine.enqueue(connection, "shop", "chat:ticket:1", "shop/1")
    first = spawn()
    wait_for(tmp_path / "waiting")
    price = (tmp_path / "price").read_text()
    first.kill()
    first.wait()
    (tmp_path / "go").touch()
    spawn()
    told = json.loads(engine.wait("shop/1", 60))
    engine.database.dispose()
    assert told["price"] == {"minor": int(price), "currency": "USD"}
    assert (tmp_path / "bought").read_text() == "once\n"


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(url: str, tmp_path: Path, spawn: Spawn) -> None:
    engine = worker.engine(url, tmp_path)
    engine.migrate()
    with engine.database.begin() as connection:
        engine.enqueue(connection, "shop", "chat:ticket:1", "shop/1")
    told = spawn()
    wait_for(tmp_path / "waiting")
    told.terminate()
    (tmp_path / "go").touch()
    assert told.wait(30) == 0
    assert engine.status.state("shop/1") == "SUCCESS"
    assert engine.workers() == 0, "peers need not wait for its lease to end"
    assert (tmp_path / "bought").read_text() == "once\n"
    engine.database.dispose()


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_all_workers_together_begin_no_more_a_minute_than_they_may(url: str, tmp_path: Path, spawn: Spawn) -> None:
    engine = worker.engine(url, tmp_path)
    engine.migrate()
    for one in (spawn(per_minute=4), spawn(per_minute=4)):
        ready(tmp_path, one)
    with engine.database.begin() as connection:
        for number in range(8):
            engine.enqueue(connection, "call", f"chat:ticket:{number}", f"call/{number}")
    calls = tmp_path / "calls"
    poll(lambda: "four" if calls.exists() and len(calls.read_text().split()) >= 4 else None, 30, "four runs")
    time.sleep(0.5)  # ten looks at the queue by each
    assert len(calls.read_text().split()) == 4
    assert engine.counts().queued == 4
    engine.database.dispose()


def test_a_second_worker_on_a_sqlite_file_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    engine = worker.engine(f"sqlite:///{tmp_path}/desk.db", tmp_path)
    engine.migrate()
    with hold(tmp_path / "desk.db.lock"), pytest.raises(AnotherWorker, match="SQLite"):
        engine.start()
    engine.start()
    with pytest.raises(AnotherWorker, match="SQLite"):
        hold(tmp_path / "desk.db.lock")
    engine.stop()
    hold(tmp_path / "desk.db.lock").close()
    engine.database.dispose()


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_run_that_every_worker_dies_of_is_put_aside_and_told(url: str, tmp_path: Path, spawn: Spawn) -> None:
    engine = worker.engine(url, tmp_path)
    engine.migrate()
    with engine.database.begin() as connection:
        engine.enqueue(connection, "die", "chat:ticket:1", "die/1")
        engine.enqueue(connection, "call", "chat:ticket:1", "call/1", turn=1)
    ends = [spawn().wait(60) for _ in range(engine.poison + 1)]
    spawn()
    assert engine.status.wait("call/1", 60) == "SUCCESS"
    assert engine.status.state("die/1") == "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
    wait_for(tmp_path / "parked")
    told = (tmp_path / "parked").read_text()
    engine.database.dispose()
    assert ends == [9] * (engine.poison + 1)
    assert len((tmp_path / "deaths").read_text().split()) == engine.poison + 1
    assert told == "chat:ticket:1 die/1 MAX_RECOVERY_ATTEMPTS_EXCEEDED"
