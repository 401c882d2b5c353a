"""`deskhand changes`: a folder is submitted by one person, approved by another, and gone back to byte by byte."""

import hmac
import shutil
from pathlib import Path

import pytest
from tests.cli.script import Done, deskhand

REQUIRED = "\n[changes]\nrequired = true\n"


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    """Its first version is accepted, and every other one has to be approved."""
    folder = Path(shutil.copytree(starter, tmp_path / "desk"))
    file = folder / "desk.toml"
    file.write_text(file.read_text("utf-8") + REQUIRED, "utf-8")
    assert changes(folder).json["held_back"] == ""
    return folder


def changes(desk: Path, *words: str) -> Done:
    return deskhand("changes", *words, "--desk", desk, "--json")


def token(desk: Path, name: str) -> str:
    secret = (desk / ".deskhand" / "secret").read_text("ascii").encode()
    return hmac.digest(secret, name.encode(), "sha256").hex()


def edit(desk: Path, name: str, more: str) -> None:
    file = desk / name
    file.write_text(file.read_text("utf-8") + more, "utf-8")


def files(desk: Path) -> dict[str, bytes]:
    found = (file for file in desk.rglob("*") if file.is_file() and ".deskhand" not in file.parts)
    return {str(file.relative_to(desk)): file.read_bytes() for file in found}


def test_a_change_is_approved_by_a_second_person_and_undone_in_one_command(desk: Path) -> None:
    before, first = files(desk), changes(desk).json["here"]
    edit(desk, "articles/support-hours.md", "\nOn Sundays nobody is here.\n")
    shutil.copy(desk / "articles" / "update-card.md", desk / "articles" / "another.md")
    changed = files(desk)
    assert "not an approved version" in changes(desk).json["held_back"]
    assert "Nothing is autonomous" in deskhand("doctor", "--desk", desk).out

    made = changes(desk, "submit", "--why", "Sundays", "--by", "sam", "--token", token(desk, "sam"))
    assert made.code == 0, made.err
    second = made.json["version"]
    (tests,) = [one["tests"] for one in changes(desk).json["versions"] if one["id"] == second]
    assert (tests["tried"] > 0, tests["golden"]) == (True, {"passed": 1, "failed": []})
    told = changes(desk, "diff", second).json
    assert [one["name"] for one in told["files"]] == ["articles/another.md", "articles/support-hours.md"]
    assert ["+", "On Sundays nobody is here."] in told["files"][1]["lines"]
    assert changes(desk, "approve", second, "--token", token(desk, "sam")).code == 1
    other = changes(desk, "approve", second, "--by", "kim", "--token", token(desk, "sam"))
    assert (other.code, "not the token of kim" in other.err) == (1, True)
    assert changes(desk, "approve", second, "--by", "kim", "--token", token(desk, "kim")).code == 0
    shown = changes(desk).json
    assert (shown["held_back"], shown["here"]) == ("", second)

    assert changes(desk, "rollback", first, "--by", "sam").code == 0
    assert files(desk) == before
    assert changes(desk).json["here"] == first
    assert changes(desk, "rollback", second, "--by", "sam").code == 0
    assert files(desk) == changed
    assert deskhand("audit", "verify", "--desk", desk).code == 0


def test_what_check_refuses_is_not_approved_and_can_be_left(desk: Path) -> None:
    before, first = files(desk), changes(desk).json["here"]
    edit(desk, "policies/billing.yaml", "\nnonsense: true\n")
    made = changes(desk, "submit", "--why", "a slip", "--token", token(desk, "sam"))
    assert made.code == 0
    refused = changes(desk, "approve", made.json["version"], "--token", token(desk, "kim"))
    assert (refused.code, "check finds" in refused.json["told"]) == (1, True)
    back = changes(desk, "rollback", made.json["version"], "--by", "sam")
    assert (back.code, "none that was approved" in back.json["told"]) == (1, True)
    assert changes(desk, "rollback", first, "--by", "sam").code == 0
    assert files(desk) == before


def test_a_golden_ticket_that_fails_on_it_is_told_and_refuses_it(desk: Path) -> None:
    file = desk / "golden" / "wants-a-person.yaml"
    file.write_text(file.read_text("utf-8").replace("handed_off", "resolved"), "utf-8")
    edit(desk, "articles/support-hours.md", "\nOn Sundays nobody is here.\n")
    made = deskhand("changes", "submit", "--why", "a slip", "--token", token(desk, "sam"), "--desk", desk)
    assert (made.code, "golden ticket failed: wants-a-person" in made.out) == (0, True)
    second = changes(desk).json["here"]
    refused = changes(desk, "approve", second, "--untested", "--token", token(desk, "kim"))
    assert (refused.code, "1 golden ticket that failed" in refused.json["told"]) == (1, True)


def test_nobody_of_no_token_changes_anything(desk: Path) -> None:
    done = changes(desk, "submit", "--why", "x", "--token", "0" * 64)
    assert (done.code, "token of nobody" in done.err) == (1, True)
