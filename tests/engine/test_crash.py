"""Crashes: a worker dies at the worst moment, and another one goes on behind its last finished step."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engine import worker

from deskhand.infrastructure.engine.lock import AnotherWorker, hold
from deskhand.infrastructure.engine.status import poll

Spawn = Callable[..., "subprocess.Popen[bytes]"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def spawn(url: str, tmp_path: Path) -> Iterator[Spawn]:
    """Starts workers; those that still live at the end are stopped."""
    started: list[subprocess.Popen[bytes]] = []

    def spawn(per_minute: int = 0) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.engine.worker", url, str(tmp_path), "1", str(per_minute)]
        paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=paths, cwd=ROOT))
        return started[-1]

    yield spawn
    for process in started:
        process.kill()
        process.communicate()


def wait_for(file: Path) -> None:
    for _ in range(1500):
        if file.exists():
            return
        time.sleep(0.02)
    raise TimeoutError(f"{file.name} did not appear")


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
        wait_for(tmp_path / f"ready-{one.pid}")
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
