"""A newer release takes over from an older one, and the other way round: what is under way ends where it began, what is
due later runs on whoever is there then, and nothing is done twice."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.engine import worker
from tests.engine.spawning import Spawn, ready, wait_for
from tests.engine.worker import NEW, OLD

from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.status import poll

pytestmark = pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
RAISED = "2"


@dataclass(frozen=True)
class Shop:
    """Who starts runs, and looks at what became of them: a web process, say."""

    engine: Engine
    folder: Path

    def start(self, story: str, key: str, delay: float = 0) -> str:
        with self.engine.database.begin() as connection:
            self.engine.enqueue(connection, story, f"chat:ticket:{key}", key, delay=delay)
        return key

    def due(self, key: str) -> None:
        self.engine.client.set_workflow_delay(key, delay_seconds=0)

    def ended(self, *keys: str) -> None:
        for key in keys:
            assert self.engine.status.wait(key, 60) == "SUCCESS"

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text().split()


@pytest.fixture
def shop(url: str, tmp_path: Path) -> Iterator[Shop]:
    engine = worker.engine(url, tmp_path, lease=1, version=RAISED, release=NEW)
    engine.migrate()
    yield Shop(engine, tmp_path)
    engine.database.dispose()


def test_a_newer_release_takes_over_and_knows_what_the_old_one_did_not(shop: Shop, spawn: Spawn) -> None:
    old = ready(shop.folder, spawn())
    bought, due = shop.start("shop", "bought"), shop.start("call", "due", delay=3600)
    wait_for(shop.folder / "waiting")
    gift = shop.start("gift", "gift")  # a web process is newer already
    poll(lambda: "taken" if shop.engine.status.state(gift) == "PENDING" else None, 30, "it was taken")
    ready(shop.folder, spawn(release=NEW))
    end(shop, old)
    shop.due(due)
    shop.ended(bought, gift, due)
    assert shop.lines("bought") == ["once"]
    assert shop.lines("calls") == [NEW, NEW]


def test_a_version_takes_over_from_another_forwards_and_back(shop: Shop, spawn: Spawn) -> None:
    old = ready(shop.folder, spawn())
    bought, due, later = shop.start("shop", "bought"), *(shop.start("call", key, delay=3600) for key in "ab")
    wait_for(shop.folder / "waiting")
    new = ready(shop.folder, spawn(version=RAISED, release=NEW))
    shop.due(due)
    shop.ended(due, shop.start("call", "now"))
    end(shop, old)
    shop.ended(bought)
    assert shop.lines("bought") == ["once"]
    assert shop.lines("calls") == [NEW, NEW]

    old = ready(shop.folder, spawn())
    end(shop, new)
    shop.due(later)
    shop.ended(later, shop.start("call", "at last"))
    assert shop.lines("calls") == [NEW, NEW, OLD, OLD]
    end(shop, old)


def test_what_an_older_version_left_is_counted_and_ends_once_it_is_back(shop: Shop, spawn: Spawn) -> None:
    old = ready(shop.folder, spawn())
    bought = shop.start("shop", "bought")
    wait_for(shop.folder / "waiting")
    old.kill()
    old.wait()
    ready(shop.folder, spawn(version=RAISED, release=NEW))
    poll(lambda: "left" if shop.engine.stranded() == 1 else None, 30, "it is counted")
    shop.ended(shop.start("call", "meanwhile"))
    assert shop.engine.status.state(bought) == "PENDING"
    (shop.folder / "go").touch()
    ready(shop.folder, spawn())
    shop.ended(bought)
    assert shop.lines("bought") == ["once"]
    assert shop.engine.stranded() == 0


def end(shop: Shop, told: "subprocess.Popen[bytes]") -> None:
    """It finishes what it has begun, and leaves nothing to wait for."""
    told.terminate()
    (shop.folder / "go").touch()
    assert told.wait(30) == 0
