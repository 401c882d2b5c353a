"""`deskhand init`: a desk that works from the first minute, and nothing that was there before is touched."""

import tomllib
from pathlib import Path

import pytest
from tests.cli.script import ROOT, deskhand

STARTER = ROOT / "src/deskhand/entrypoints/cli/starter"


def test_a_new_desk_has_every_file_of_the_starter(starter: Path) -> None:
    files = {file.relative_to(STARTER) for file in STARTER.rglob("*") if file.is_file()}

    assert {file.relative_to(starter) for file in starter.rglob("*") if file.is_file()} == files


def test_a_new_desk_trusts_the_assistant_with_nothing(starter: Path) -> None:
    table = tomllib.loads((starter / "desk.toml").read_text("utf-8"))

    assert table["rollout"] == {"default": "read-only", "procedures": {}}
    assert [name for name, system in table["systems"].items() if system != {"twin": True}] == []


@pytest.mark.parametrize("company", ['The "Quoted" \\ Firm # 1', "  Čokoláda\n & 日本 [b] "])
def test_a_company_is_named_as_it_is_written(tmp_path: Path, company: str) -> None:
    done = deskhand("init", tmp_path / "a desk", "--company", company, "--json")

    name = " ".join(company.split())
    table = tomllib.loads((tmp_path / "a desk" / "desk.toml").read_text("utf-8"))
    assert done.code == 0, done.err
    assert done.json["folder"] == str(tmp_path / "a desk")
    assert "desk.toml" in done.json["files"]
    assert (table["company"], table["signature"]) == (name, f"{name} Support")
    assert tomllib.loads((tmp_path / "a desk" / "twins.toml").read_text("utf-8"))["company"] == name


@pytest.mark.parametrize("company", [b"  ", b"caf\xe9"])
def test_a_name_that_nobody_could_read_is_refused_before_anything_is_written(tmp_path: Path, company: bytes) -> None:
    done = deskhand("init", tmp_path / "desk", "--company", company)

    assert (done.code, done.out) == (1, "")
    assert "printable" in done.err
    assert not (tmp_path / "desk").exists()


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text("mine", "utf-8")

    done = deskhand("init", tmp_path, "--company", "Example")

    assert done.code == 1
    assert "is not empty; nothing was written" in done.err
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("desk.toml", "mine")]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    done = deskhand("init", tmp_path)

    assert done.code == 0
    assert (tmp_path / "desk.toml").is_file()
    assert f"--desk {tmp_path}" in done.out


@pytest.mark.parametrize("place", ["file", "file/desk"])
def test_a_place_where_nothing_can_be_written_is_told_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()

    done = deskhand("init", tmp_path / place)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(str(tmp_path / "file"))
    assert done.err.count("\n") == 1
