"""The door for third parties: a connector that came through it alone, at work."""

import ast
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import starter
from tests.door.stranger import HELPDOCK, ROOT, deskhand, python

__all__ = ["starter"]
OURS = (
    "deskhand.connectors.manifest",
    "deskhand.connectors.http",
    "deskhand.domain",
    "deskhand.ports",
    "deskhand.testing",
)


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    """The starter's desk, with HelpDock in the place of its help desk."""
    shutil.copytree(starter, tmp_path / "desk")
    file = tmp_path / "desk" / "desk.toml"
    text = file.read_text("utf-8")
    assert "[systems.zendesk]\ntwin = true" in text
    text = text.replace("[systems.zendesk]", "[systems.helpdock]").replace(
        'default = "read-only"', 'default = "autonomous"'
    )
    file.write_text(text, "utf-8")
    return tmp_path / "desk"


def test_it_keeps_every_contract_that_ours_keep(installed: Path) -> None:
    """In a process that knows the installed package and Deskhand, and nothing else of this folder."""
    done = python(
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        HELPDOCK / "tests",
        "-c",
        HELPDOCK / "pyproject.toml",
        "-o",
        "pythonpath=",
        beside=installed,
    )

    assert done.returncode == 0, done.stdout[-3000:]
    names = ("ticket_reads.py", "ticket_said.py", "ticket_set.py", "ticket_once.py")
    contracts = (ROOT / "src" / "deskhand" / "testing" / name for name in names)
    promises = sum(file.read_text("utf-8").count("    def test_") for file in contracts)
    assert int(done.stdout.split(" passed")[0].split()[-1]) > promises


def test_it_is_loaded_by_its_entry_point_only_where_it_is_installed(installed: Path, desk: Path) -> None:
    there, away = deskhand("check", "--desk", desk, beside=installed), deskhand("check", "--desk", desk)

    assert (there.returncode, away.returncode) == (0, 1)
    assert "no connector of that name is installed" in away.stderr + away.stdout


def test_nobody_slips_in_under_its_name(installed: Path, desk: Path, tmp_path: Path) -> None:
    told = tmp_path / "other" / "helpdock_better-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: helpdock-better\nVersion: 1.0\n", "utf-8")
    (told / "entry_points.txt").write_text("[deskhand.connectors]\nhelpdock = other:CONNECTOR\n", "utf-8")
    both = Path(f"{installed}{os.pathsep}{told.parent}")
    done = deskhand("check", "--desk", desk, beside=both)

    assert done.returncode == 1
    assert "only one may: deskhand-helpdock, helpdock-better" in done.stdout
    connected = deskhand("connect", "helpdock", "--desk", desk, beside=both)
    assert connected.returncode == 1
    assert "cannot be loaded: several installed packages offer it" in connected.stderr


def test_a_ticket_goes_through_to_a_reply(installed: Path, desk: Path) -> None:
    done = python(ROOT / "tests" / "door" / "story.py", desk, "How do I reset my password?", beside=installed)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])

    assert told["package"] == "deskhand_helpdock.twin"
    assert told["answers"] == [401, 202, 200]  # forged, filed, known before
    assert told["outcome"] in ("resolved", "answered")
    asked, said = told["said"]
    assert asked == "How do I reset my password?"
    assert said.startswith("An AI assistant of ")
    assert said.endswith(told["reply"])
    assert "password" in told["reply"]


def test_doctor_asks_it_as_it_asks_ours(installed: Path, desk: Path) -> None:
    done = deskhand("doctor", "--json", "--desk", desk, beside=installed)

    assert done.returncode == 0, done.stderr
    assert "Deskhand at HelpDock" in done.stdout


def test_it_imports_nothing_of_ours_but_what_a_stranger_may_rely_on() -> None:
    found = {name for file in HELPDOCK.rglob("*.py") for name in imports(file) if name.split(".")[0] == "deskhand"}

    assert found
    assert [name for name in sorted(found) if not f"{name}.".startswith(tuple(f"{one}." for one in OURS))] == []


def test_what_a_stranger_may_rely_on_is_written_down() -> None:
    page = (ROOT / "docs" / "connectors.md").read_text("utf-8")

    assert [name for name in OURS if f"`{name}" not in page] == []


def imports(file: Path) -> Iterator[str]:
    """Every module that it names, with what it takes from it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
