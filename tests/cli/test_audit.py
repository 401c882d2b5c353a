"""`deskhand audit`: the journal can be read, and a change of it is found."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand


@pytest.fixture
def copied(shown: Shown, tmp_path: Path) -> Path:
    """The desk with all it remembers, to tamper with."""
    return Path(shutil.copytree(shown.folder, tmp_path / "desk"))


def tamper(desk: Path, statement: str) -> int:
    """Behind Deskhand's back; the number of lines that were changed."""
    with closing(sqlite3.connect(desk / ".deskhand" / "desk.sqlite")) as database:
        triggers = database.execute("select name from sqlite_master where type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f'drop trigger "{name}"')
        changed = database.execute(statement).rowcount
        database.commit()
    return changed


def test_an_untouched_journal_is_verified(shown: Shown) -> None:
    done = deskhand("audit", "verify", "--desk", shown.folder, "--json")

    assert done.code == 0
    assert list(done.json) == ["verified", "lines", "last_hash", "checkpoints"]
    assert done.json["verified"] is True
    assert done.json["lines"] > 5


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("update journal set body = replace(body, 'a', 'b') where seq = 4", 4),
        ("delete from journal where seq = 3", 3),
    ],
    ids=["changed", "removed"],
)
@pytest.mark.sqlite("tampers with its file")
def test_a_line_that_was_changed_or_removed_is_named(copied: Path, statement: str, line: int) -> None:
    assert tamper(copied, statement) == 1

    done = deskhand("audit", "verify", "--desk", copied, "--json")

    assert done.code == 1
    assert list(done.json) == ["verified", "line", "why"]
    assert (done.json["verified"], done.json["line"]) == (False, line)


@pytest.mark.sqlite("tampers with its file")
def test_people_are_told_where_the_chain_is_broken(copied: Path) -> None:
    tamper(copied, "update journal set body = '{}' where seq = 1")

    done = deskhand("audit", "verify", "--desk", copied)

    assert done.code == 1
    assert done.out.startswith("Broken at line 1: ")


def test_the_last_lines_are_shown_oldest_first(shown: Shown) -> None:
    done = deskhand("audit", "show", "--last", "6", "--desk", shown.folder, "--json")

    lines = done.json["lines"]
    assert done.code == 0
    assert len(lines) == 6
    assert [line["seq"] for line in lines] == sorted(line["seq"] for line in lines)
    assert {tuple(line) for line in lines} == {("seq", "at", "kind", "ticket", "body", "hash")}


def test_one_ticket_is_shown_alone(shown: Shown) -> None:
    ticket = shown.demo.json["tickets"][0]["ticket"]

    done = deskhand("audit", "show", "--ticket", ticket, "--desk", shown.folder, "--json")

    assert {line["ticket"] for line in done.json["lines"]} == {ticket}


def test_people_are_shown_each_ticket_letter_for_letter(shown: Shown) -> None:
    ticket = shown.demo.json["tickets"][0]["ticket"]

    done = deskhand("audit", "show", "--ticket", ticket, "--desk", shown.folder)

    assert ":ticket:" in ticket
    assert {line.split()[-1] for line in done.out.splitlines()} == {ticket}


def test_a_desk_that_was_never_asked_has_no_journal_and_gets_none(starter: Path) -> None:
    done = deskhand("audit", "verify", "--desk", starter)

    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "no journal yet" in done.err
    assert not (starter / ".deskhand").exists()


def test_a_desk_without_a_model_has_cost_nothing(shown: Shown) -> None:
    assert deskhand("costs", "--desk", shown.folder, "--json").json["all"]["calls"] == 0
    assert "No language model was called" in deskhand("costs", "--desk", shown.folder).out


@pytest.mark.sqlite("tampers with its file")
@pytest.mark.parametrize(
    "statement",
    [
        "update stage_head set seq = seq + 1 where number = 1",
        "delete from stage_head where number = 1",
        "update journal set body = replace(body, 'assisted', 'autonomous') where kind = 'rollout.written'",
    ],
    ids=["the row is changed", "the row is gone", "the line is changed"],
)
def test_a_stage_that_was_raised_in_the_database_is_noticed(copied: Path, statement: str) -> None:
    assert tamper(copied, statement) == 1

    done = deskhand("audit", "verify", "--desk", copied, "--json")
    shown = deskhand("rollout", "show", "--desk", copied, "--json")

    assert (done.code, done.json["verified"]) == (1, False)
    assert shown.code != 0
