"""`deskhand demo`: customers write, and everything is shown."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import LETTERS, Shown
from tests.cli.script import deskhand

pytestmark = pytest.mark.sqlite("the demo forgets everything first, and so takes no database but a file of its own")

OUTCOMES = ["resolved", "answered", "awaiting_approval", "handed_off", "answered"]
KEYS = ["ticket", "from", "text", "stage", "outcome", "procedures", "actions", "reply", "queue"]


def test_each_letter_becomes_a_ticket_with_its_outcome(shown: Shown) -> None:
    assert shown.demo.code == 0, shown.demo.err[-2000:]

    tickets = shown.demo.json["tickets"]
    assert [list(one) for one in tickets] == [KEYS] * len(LETTERS)
    assert [one["text"] for one in tickets] == [letter["text"] for letter in LETTERS]
    assert [one["outcome"] for one in tickets] == OUTCOMES
    assert len({one["ticket"] for one in tickets}) == len(LETTERS)
    assert tickets[3]["queue"]


def test_a_letter_of_a_situation_comes_from_another_customer_each_time(shown: Shown) -> None:
    senders = [one["from"] for one in shown.demo.json["tickets"]]

    assert senders[0] == "maya.chen@example.com"
    assert "@" in senders[1]
    assert senders[1] != senders[4]


def test_the_numbers_are_those_of_the_tickets(shown: Shown) -> None:
    numbers = shown.demo.json["metrics"]

    assert (numbers["tickets"], numbers["messages"]) == (5, 5)
    assert numbers["escalation_rate"] == pytest.approx(1 / 5)
    assert numbers["effects"] == 1
    assert numbers["policy_compliance"] == 1.0
    assert shown.demo.json["address"].startswith("http://127.0.0.1:")


def test_a_line_that_is_no_letter_is_named(starter: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(starter, tmp_path / "desk"))
    letters = tmp_path / "letters.jsonl"
    letters.write_text('{"from": "robin@example.com", "text": "hello"}\n\n{"from": "robin@example.com"}\n', "utf-8")

    done = deskhand("demo", "--once", "--messages", letters, "--desk", desk, "--json")

    assert (done.code, done.out) == (1, "")
    assert f"{letters}:3: a line is" in done.err


def test_a_desk_without_messages_is_left_as_it_is(starter: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(starter, tmp_path / "desk"))
    (desk / "messages.jsonl").unlink(missing_ok=True)
    kept = desk / ".deskhand" / "kept"
    kept.parent.mkdir(exist_ok=True)
    kept.touch()

    done = deskhand("demo", "--once", "--desk", desk)

    assert (done.code, done.out) == (1, "")
    assert "nothing was started: write one, or name another with --messages" in done.err
    assert kept.exists()


def test_a_desk_with_a_real_system_is_never_emptied(starter: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(starter, tmp_path / "desk"))
    table = desk / "desk.toml"
    real = '[systems.stripe]\naddress = "http://127.0.0.1:9"'
    table.write_text(table.read_text("utf-8").replace("[systems.stripe]\ntwin = true", real), "utf-8")
    (desk / ".deskhand").mkdir()
    (desk / ".deskhand" / "desk.sqlite").write_bytes(b"kept")
    (desk / "messages.jsonl").touch()

    done = deskhand("demo", "--once", "--desk", desk)

    assert done.code == 1
    assert "every system must be a twin" in done.err
    assert (desk / ".deskhand" / "desk.sqlite").read_bytes() == b"kept"
