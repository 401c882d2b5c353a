"""Sources are read one after the other; one that is away stops no other and loses nothing."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.search.values import Letters, Shelved, article, shelved

from deskhand.bootstrap import Bookkeeper, refreshing
from deskhand.domain.errors import Down
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.ports.knowledge import Change, Gathered, Unread
from deskhand.workflows.sync_knowledge import sync_knowledge

REFUNDS = article("refunds", "How long does a refund take?", "Five to ten days.")
INVITES = article("invites", "How do I invite people?", "Open the settings.")


@dataclass
class Source:
    """A source that holds what a test says; away when it says None."""

    name: str
    holds: Gathered | None = field(default_factory=lambda: Gathered(()))

    def read(self) -> Gathered:
        if self.holds is None:
            raise Down("it does not answer")
        return self.holds


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Shelved]:
    database = connect(f"sqlite:///{tmp_path}/desk.sqlite")
    migrate(database)
    yield shelved(database, Letters())
    database.dispose()


def test_each_source_tells_what_changed_and_what_could_not_be_read(desk: Shelved) -> None:
    unread = Unread("scan.pdf", "holds no text")
    folder, site = Source("folder", Gathered((REFUNDS,))), Source("site", Gathered((INVITES,), (unread,)))

    first, second = sync_knowledge(desk.library, [folder, site])
    assert (first.source, first.change, first.unread) == ("folder", Change(1, 0, 0, 0), ())
    assert (second.source, second.change, second.unread) == ("site", Change(1, 0, 0, 0), (unread,))


def test_a_source_that_is_away_loses_nothing_and_the_others_are_read(desk: Shelved) -> None:
    folder, site = Source("folder", Gathered((REFUNDS,))), Source("site", Gathered((INVITES,)))
    list(sync_knowledge(desk.library, [folder, site]))
    folder.holds, site.holds = None, Gathered(())

    first, second = sync_knowledge(desk.library, [folder, site])
    assert first.failure == "it does not answer"
    assert second.change == Change(0, 0, 1, 0)
    assert desk.sources("refund") == ["refunds"]


def test_what_went_leaves_no_word_in_the_database(desk: Shelved, tmp_path: Path) -> None:
    folder = Source("folder", Gathered((article("odd", "Zyzzyva", "Kumquats."), INVITES)))
    list(sync_knowledge(desk.library, [folder]))
    folder.holds = Gathered((INVITES,))
    list(sync_knowledge(desk.library, [folder]))

    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Zyzzyva" not in held
    assert b"umquat" not in held


def test_sources_are_read_again_in_the_background(desk: Shelved, caplog: pytest.LogCaptureFixture) -> None:
    folder, site = Source("folder"), Source("site", None)
    with refreshing(Bookkeeper(desk.library, (site, folder)), minutes=0.0005):
        folder.holds = Gathered((REFUNDS,))
        await_hits(desk)
    assert "site could not be read" in caplog.text


def test_with_no_interval_nothing_is_read(desk: Shelved) -> None:
    with refreshing(Bookkeeper(desk.library, (Source("folder", Gathered((REFUNDS,))),)), minutes=0):
        time.sleep(0.1)
    assert desk.finder.search("refund") == ()


def await_hits(desk: Shelved) -> None:
    for _ in range(200):
        if desk.finder.search("refund"):
            return
        time.sleep(0.02)
    raise AssertionError("nothing was read")
