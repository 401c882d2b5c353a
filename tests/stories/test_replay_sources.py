"""A replay reads what was imported, and a connected help desk, and neither is changed by it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.stories.replaying import rows

from deskhand.bootstrap import import_from, load_folder, now
from deskhand.bootstrap.replay.replay import Report, Wish, replay
from deskhand.bootstrap.systems.systems import connect_systems
from deskhand.domain.errors import DeskFault
from deskhand.settings import read_settings

PAST = """ticket,from,at,author,text
1,ada@example.com,2026-01-02T10:00:00Z,customer,How do I invite a colleague to my workspace?
1,ada@example.com,2026-01-02T11:00:00Z,agent,"I am looking into it."
1,ada@example.com,2026-01-02T12:00:00Z,agent,"Open Settings > People, and choose Invite."
1,ada@example.com,2026-01-02T12:30:00Z,customer,"I want to talk to a person"
2,bo@example.com,2026-01-03T10:00:00Z,customer,Hello
2,bo@example.com,2026-01-03T10:01:00Z,customer,I want to talk to a person
"""


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "desk")


def replayed(desk: Path, source: str, since: str = "") -> Report:
    wish = Wish(source, since=since, workers=1)
    return replay(read_settings(desk), wish, lambda text: None, lambda done, of, fresh: None).report


def test_what_was_imported_is_replayed_up_to_the_agents_first_answer(desk: Path) -> None:
    with pytest.raises(DeskFault, match="no ticket in it"):
        replayed(desk, "imported")
    (desk / "past.csv").write_text(PAST, "utf-8")
    list(import_from(read_settings(desk), str(desk / "past.csv"), [], lambda text: None))
    before = rows(desk)

    report = replayed(desk, "imported")

    assert report["tickets"] == 2
    assert report["outcomes"]["answered"] == 1, "what followed the agent's answer is not replayed"
    assert report["outcomes"]["handed_off"] == 1, "a second message before any answer is"
    assert report["baseline"]["response_s"] == {"n": 1, "mean": 7200.0, "p50": 7200.0, "p90": 7200.0, "p95": 7200.0}
    assert rows(desk) == before


def test_a_connected_help_desk_is_read_and_not_written_to(desk: Path) -> None:
    settings = read_settings(desk)
    systems = connect_systems(settings, load_folder(settings), lambda: now() - timedelta(days=1), lambda text: None)
    assert systems.zendesk_twin is not None
    for text in ("How do I invite a colleague to my workspace?", "I want to talk to a person"):
        systems.zendesk_twin.receive("ada@example.com", text)
    before = rows(desk)

    report = replayed(desk, "zendesk", since=(now() - timedelta(days=7)).date().isoformat())
    assert report["tickets"] == 2
    assert (report["outcomes"]["answered"], report["outcomes"]["handed_off"]) == (1, 1)
    assert (
        replayed(desk, "zendesk", since=(now() - timedelta(days=7)).date().isoformat())["outcomes"]
        == report["outcomes"]
    )
    with pytest.raises(DeskFault, match="no ticket in it"):
        replayed(desk, "zendesk", since=(now() + timedelta(days=1)).date().isoformat())
    assert rows(desk) == before
