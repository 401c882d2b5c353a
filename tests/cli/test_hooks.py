"""`deskhand hooks` tells which events no system of the company's ever took."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand

from deskhand.bootstrap import now, open_store
from deskhand.settings import read_settings
from deskhand.workflows.announce import PARKED, REVIVED

LINE = {"hook": "shop", "id": "evt_1", "type": "message.sent", "about": "reply/1", "at": "2026-11-24T09:00:00+00:00"}


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shown.folder, tmp_path / "desk"))


def note(desk: Path, kind: str, line: dict[str, str]) -> None:
    with open_store(read_settings(desk)) as store, store.begin() as tx:
        tx.journal.append(kind, "deskhand:ticket:shop.1", line, now())


def test_what_is_parked_is_shown_until_somebody_has_it_posted_again(desk: Path) -> None:
    assert deskhand("hooks", "--desk", desk, "--json").json == {"parked": []}
    note(desk, PARKED, LINE | {"why": "POST /in: 500"})
    (parked,) = deskhand("hooks", "--desk", desk, "--json").json["parked"]
    shown = deskhand("hooks", "--desk", desk).out

    assert (parked["id"], parked["ticket"], parked["why"]) == ("evt_1", "deskhand:ticket:shop.1", "POST /in: 500")
    assert "evt_1" in shown
    assert "POST /in: 500" in shown
    note(desk, REVIVED, {"hook": "shop", "id": "evt_1", "by": "ana"})
    assert "Every event was taken" in deskhand("hooks", "--desk", desk).out


def test_an_event_that_is_not_parked_cannot_be_posted_again(desk: Path) -> None:
    missing = deskhand("hooks", "--again", "evt_9", "--desk", desk)

    assert missing.code == 1
    assert "No event evt_9 is parked" in missing.out
