"""`deskhand pause`, `resume`, `pauses` and `ledger`: the kill switch and the ledger from a shell."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Path:
    """A desk that has done something, to pause."""
    return Path(shutil.copytree(shown.folder, tmp_path / "desk"))


def test_a_desk_is_paused_and_goes_on_again(desk: Path) -> None:
    paused = deskhand("pause", "--why", "a drill", "--by", "ana", "--desk", desk, "--json")
    assert paused.code == 0, paused.err
    assert {"scope": "desk", "by": "ana", "why": "a drill"}.items() <= paused.json["pause"].items()
    assert "a drill" in deskhand("pauses", "--desk", desk).out

    again = deskhand("pause", "--why", "another", "--desk", desk, "--json")
    assert again.json["pause"]["why"] == "a drill", "who paused first is told"

    told = deskhand("ask", "I was charged twice this month", "--as", "maya.chen@example.com", "--desk", desk,
                    "--stage", "autonomous", "--json")  # fmt: skip
    assert told.json["outcome"] == "awaiting_approval"

    assert deskhand("resume", "--desk", desk, "--json").json == {"scope": "desk", "resumed": True, "still_paused": []}
    assert deskhand("resume", "--desk", desk).code == 1
    assert deskhand("pauses", "--desk", desk).out.strip() == "Nothing is paused."


def test_a_misspelt_name_pauses_nothing_and_says_so(desk: Path) -> None:
    wrong = deskhand("pause", "--action", "refund_charg", "--why", "x", "--desk", desk)
    assert wrong.code == 1
    assert "nothing was paused" in wrong.err
    assert "refund_charge" in wrong.err
    assert deskhand("pauses", "--desk", desk, "--json").json == {"pauses": []}
    assert deskhand("pause", "--procedure", "duplicate-charge", "--why", "x", "--desk", desk).code == 0


def test_a_desk_with_faults_can_still_be_paused(desk: Path) -> None:
    (desk / "policies" / "billing.yaml").write_text("rules: nonsense", "utf-8")
    done = deskhand("pause", "--action", "refund_charge", "--why", "x", "--desk", desk)
    assert done.code == 0
    assert "not checked" in done.err


def test_the_ledger_is_listed_and_agrees_with_the_systems(shown: Shown) -> None:
    listed = deskhand("ledger", "show", "--desk", shown.folder, "--json").json["effects"]
    assert all(one["state"] == "done" for one in listed)
    compared = deskhand("ledger", "reconcile", "--desk", shown.folder, "--json")
    assert compared.code == 0, compared.err
    assert compared.json["differences"] == []


def test_only_what_is_open_can_be_settled_by_hand(shown: Shown) -> None:
    for key in ("refund/none", "x"):
        done = deskhand("ledger", "settle", key, "--not-done", "--desk", shown.folder)
        assert done.code == 1
        assert "there is no effect" in done.err
    assert deskhand("ledger", "settle", "x", "--desk", shown.folder).code == 2
