"""`deskhand migrate`: tables of another version are told of and left alone, brought up, and taken back on demand."""

from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa
from tests.cli.script import Done, deskhand
from tests.storage.everywhere import address

from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import newest, roll_back

OLD = "0026"


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    """With a line in its journal."""
    folder = copytree(starter, tmp_path / "desk")
    assert run(folder, "pause", "--why", "a test", "--by", "ana").code == 0
    return folder


def run(folder: Path, *words: str) -> Done:
    return deskhand(*words, "--desk", folder)


def at(folder: Path, revision: str) -> None:
    """As a version left it that knows no later revision; or as one that is unknown here."""
    database = connect(address(folder / ".deskhand"))
    if revision < newest():
        roll_back(database, revision)
    else:
        with database.begin() as connection:
            connection.execute(sa.text("update alembic_version set version_num = :to"), {"to": revision})
    database.dispose()


@pytest.mark.parametrize("command", ["work", "serve", "pauses"])
@pytest.mark.parametrize(("revision", "do"), [(OLD, "run `deskhand migrate`"), ("9999", "start the newer version")])
def test_tables_of_another_version_are_refused_with_what_to_do(
    desk: Path, command: str, revision: str, do: str
) -> None:
    at(desk, revision)
    done = run(desk, command)
    assert (done.code, done.out) == (1, "")
    assert do in done.err
    assert "No table of the desk was changed." in done.err


def test_older_tables_are_brought_up_and_what_they_held_is_there(desk: Path) -> None:
    at(desk, OLD)
    done = run(desk, "migrate", "--json")
    assert done.json == {"before": OLD, "after": newest(), "gone": [], "done": True}
    (pause,) = run(desk, "pauses", "--json").json["pauses"]
    assert (pause["by"], pause["why"]) == ("ana", "a test")
    assert run(desk, "migrate").out.startswith("The tables are those of this version already")


def test_going_back_tells_what_it_takes_along_and_does_it_only_when_told_to(desk: Path) -> None:
    shown = run(desk, "migrate", "--down", OLD)
    assert shown.code == 0, shown.err
    assert "was not done" in shown.out
    assert "It would take with it: table federated (0 rows)." in shown.out
    assert run(desk, "audit", "verify").code == 0
    done = run(desk, "migrate", "--down", OLD, "--yes", "--json")
    assert (done.json["before"], done.json["after"], done.json["done"]) == (newest(), OLD, True)
    assert "run `deskhand migrate`" in run(desk, "work").err
    for to, why in (("1234", "there is no revision 1234"), (OLD, f"is at revision {OLD} already")):
        refused = run(desk, "migrate", "--down", to, "--yes")
        assert (refused.code, why in refused.err) == (1, True)


def test_tables_that_are_newer_are_not_touched(desk: Path) -> None:
    at(desk, "9999")
    for words in (["migrate"], ["migrate", "--down", OLD, "--yes"]):
        done = run(desk, *words)
        assert (done.code, "is newer than this version" in done.err) == (1, True)
