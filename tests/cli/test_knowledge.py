"""`deskhand knowledge sync`: what each source holds now, and what could not be read."""

from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.script import deskhand


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    return Path(copytree(starter, tmp_path / "desk"))


def test_what_is_new_changed_gone_and_the_same_is_told(desk: Path) -> None:
    files = sorted((desk / "articles").rglob("*.md"))
    first = deskhand("knowledge", "sync", "--desk", desk, "--json")
    assert first.json["sources"] == [
        {"source": "articles", "new": len(files), "changed": 0, "gone": 0, "same": 0, "unread": [], "failure": ""}
    ]
    files[0].write_text(files[0].read_text("utf-8") + "\nOne line more.\n", "utf-8")
    (desk / "articles" / "new.md").write_text("# Something new\n\nIt is new.\n", "utf-8")

    again = deskhand("knowledge", "sync", "--desk", desk)
    assert again.code == 0
    assert again.out.strip() == f"articles: 1 new, 1 changed, 0 gone, {len(files) - 1} the same"
    (desk / "articles" / "new.md").unlink()
    assert deskhand("knowledge", "sync", "--desk", desk, "--json").json["sources"][0]["gone"] == 1


def test_a_source_that_cannot_be_read_fails_and_its_articles_stay(desk: Path) -> None:
    held = deskhand("knowledge", "sync", "--desk", desk, "--json").json["sources"][0]["new"]
    (desk / "articles" / "untitled.md").write_text("no heading", "utf-8")

    failed = deskhand("knowledge", "sync", "--desk", desk)
    assert failed.code == 1
    assert "untitled.md:1: has no title" in failed.err
    (desk / "articles" / "untitled.md").unlink()
    assert deskhand("knowledge", "sync", "--desk", desk, "--json").json["sources"][0]["same"] == held
