"""`deskhand backup`, `restore` and `verify`: what is put back is what was there, and nothing else is overwritten."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import Done, deskhand

pytestmark = pytest.mark.sqlite("looks into its files; tests/storage/test_backup_postgres.py is its counterpart")

KEY = {"DESKHAND_BACKUP_KEY": "a pass phrase of the tests"}


@pytest.fixture(scope="module")
def desk(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(shown.folder, tmp_path_factory.mktemp("backup") / "desk"))


@pytest.fixture(scope="module")
def made(desk: Path) -> tuple[Path, Done]:
    file = desk.with_name("desk.backup")
    with closing(sqlite3.connect(desk / ".deskhand" / "desk.sqlite")) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from journal").fetchone()  # somebody works with it meanwhile
        return file, deskhand("backup", "--to", file, "--by", "ana", "--desk", desk, "--json", environment=KEY)


def journal(desk: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(desk / ".deskhand" / "desk.sqlite")) as database:
        return database.execute("select seq, kind, body, hash from journal order by seq").fetchall()


def files(desk: Path) -> dict[str, bytes]:
    found = (file for file in desk.rglob("*") if file.is_file() and ".deskhand" not in file.parts)
    return {str(file.relative_to(desk)): file.read_bytes() for file in found}


def test_a_desk_is_put_back_as_it_was_and_waits_for_a_person(
    made: tuple[Path, Done], desk: Path, tmp_path: Path
) -> None:
    file, done = made
    assert done.code == 0, done.err
    before = journal(desk)
    assert before[-1][1] == "backup.made"
    place = tmp_path / "again"
    put = deskhand("restore", file, "--desk", place, "--by", "tom", "--json", environment=KEY)
    assert put.code == 0, put.err
    assert files(place) == files(desk)
    after = journal(place)
    assert after[: len(before) - 1] == before[:-1], "what came after the backup is not in it"
    assert [kind for _, kind, _, _ in after[len(before) - 1 :]] == ["backup.restored", "desk.paused"]
    assert deskhand("audit", "verify", "--desk", place).code == 0
    (pause,) = deskhand("pauses", "--desk", place, "--json").json["pauses"]
    assert (pause["scope"], pause["by"]) == ("desk", "restore")
    assert deskhand("resume", "--by", "tom", "--desk", place).code == 0


def test_the_journal_knows_what_was_backed_up_and_how_to_tell_the_file(made: tuple[Path, Done], desk: Path) -> None:
    line = deskhand("audit", "show", "--last", "1", "--desk", desk, "--json").json["lines"][0]
    told = made[1].json
    assert line["kind"] == "backup.made"
    assert {key: line["body"][key] for key in ("backup", "sha256", "bytes", "lines")} == {
        key: told[key] for key in ("backup", "sha256", "bytes", "lines")
    }


def test_a_backup_is_verified_without_being_put_back(made: tuple[Path, Done], tmp_path: Path) -> None:
    done = deskhand("verify", made[0], "--json", environment=KEY, folder=tmp_path)
    assert (done.code, done.json["whole"]) == (0, True)
    assert done.json["counts"]["journal"] == made[1].json["lines"]
    assert list(tmp_path.iterdir()) == []


def test_a_changed_backup_is_refused_and_nothing_is_written(made: tuple[Path, Done], tmp_path: Path) -> None:
    whole = made[0].read_bytes()
    for name, text in {"cut": whole[:-40], "changed": whole[:5000] + b"\0\0" + whole[5002:]}.items():
        file = tmp_path / name
        file.write_bytes(text)
        for words in (("verify", file), ("restore", file, "--desk", tmp_path / "again")):
            done = deskhand(*words, environment=KEY)
            assert done.code == 1
            assert "block" in done.err
        assert not (tmp_path / "again").exists()
    wrong = deskhand("verify", made[0], environment={"DESKHAND_BACKUP_KEY": "another pass phrase"})
    assert wrong.code == 1
    assert "pass phrase" in wrong.err


def test_nothing_is_ever_overwritten(made: tuple[Path, Done], desk: Path, tmp_path: Path) -> None:
    size = made[0].stat().st_size
    again = deskhand("backup", "--to", made[0], "--desk", desk, environment=KEY)
    inside = deskhand("backup", "--to", desk / "x.backup", "--desk", desk, environment=KEY)
    over = deskhand("restore", made[0], "--desk", desk, environment=KEY)
    elsewhere = {**KEY, "DESKHAND_DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite"}
    other = deskhand("restore", made[0], "--desk", tmp_path / "new", environment=elsewhere)
    secret = {**KEY, "DESKHAND_SECRET": "of another desk"}
    foreign = deskhand("restore", made[0], "--desk", tmp_path / "new", environment=secret)
    assert [one.code for one in (again, inside, over, other, foreign)] == [1] * 5
    for done, words in ((again, "is there already"), (inside, "in the desk folder"), (over, "is not empty")):
        assert words in done.err
    assert "unset it" in other.err
    assert "unset DESKHAND_SECRET" in foreign.err
    assert made[0].stat().st_size == size
    assert list(tmp_path.iterdir()) == []


def test_without_a_pass_phrase_nothing_is_done(desk: Path, tmp_path: Path) -> None:
    done = deskhand("backup", "--to", tmp_path / "x", "--desk", desk)
    assert done.code == 1
    assert "DESKHAND_BACKUP_KEY" in done.err
    short = deskhand("backup", "--to", tmp_path / "x", "--desk", desk, environment={"DESKHAND_BACKUP_KEY": "short"})
    assert short.code == 1
    assert "12 characters" in short.err
    assert list(tmp_path.iterdir()) == []
