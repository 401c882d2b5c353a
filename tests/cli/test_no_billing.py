"""A desk without billing: it answers from articles, and says what it lacks."""

import shutil
from pathlib import Path

import pytest
from tests.cli.script import deskhand


@pytest.fixture
def poor(starter: Path, tmp_path: Path) -> Path:
    """The starter without Stripe, and without the procedures that ask it."""
    folder = tmp_path / "desk"
    shutil.copytree(starter, folder)
    file = folder / "desk.toml"
    file.write_text(file.read_text("utf-8").replace("[systems.stripe]\ntwin = true", ""), "utf-8")
    return folder


def test_a_procedure_that_asks_billing_is_a_fault_there(poor: Path) -> None:
    done = deskhand("check", "--json", folder=poor)

    assert done.code == 1
    assert any("billing." in one["what"] for one in done.json["faults"])


def test_it_answers_and_moves_no_money(poor: Path) -> None:
    for file in (poor / "procedures").glob("*.yaml"):
        if "billing." in file.read_text("utf-8"):
            file.unlink()
    assert deskhand("check", folder=poor).code == 0

    done = deskhand("ask", "How do I reset my password?", "--as", "robin@example.com", "--json", folder=poor)
    assert done.code == 0, done.err
    assert done.json["outcome"] in ("answered", "resolved", "suggested", "handed_off")
