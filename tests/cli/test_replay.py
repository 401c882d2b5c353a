"""`deskhand replay`: a plain file of past tickets in, one JSON object out, in a shape that scripts rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import Done, deskhand

OUTCOMES = {"resolved", "answered", "asked", "awaiting_approval", "handed_off", "denied", "silent", "failed"}
PAST = [
    {"id": 1, "from": "grace.kim@example.com", "created_at": "2026-05-01T10:00:00Z", "text": "We were billed twice"},
    {
        "id": "2",
        "from": "lars.holm@example.com",
        "created_at": "2026-05-02T10:00:00Z",
        "text": "Get me a person, please",
    },
    {
        "id": "3",
        "from": "lars.holm@example.com",
        "created_at": "2026-05-03T10:00:00Z",
        "text": "How do I invite a colleague?",
        "agent_reply": "Open Settings > People and choose Invite.",
        "resolved_at": "2026-05-03T11:00:00Z",
        "csat": 5,
    },
]


def replay(file: Path, shown: Shown, *more: str) -> Done:
    return deskhand("replay", file, "--desk", shown.folder, "--workers", "1", *more)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("past") / "past.jsonl"
    made.write_text("\n".join([*map(json.dumps, PAST), "{", json.dumps(PAST[0])]), "utf-8")
    return made


@pytest.fixture(scope="module")
def done(file: Path, shown: Shown) -> Done:
    return replay(file, shown, "--json", "--html", str(file.with_name("report.html")))


def test_one_object_is_printed_whose_outcomes_sum_to_the_tickets_read(done: Done) -> None:
    report: dict[str, Any] = done.json

    assert done.code == 0, done.err
    assert set(report["outcomes"]) == OUTCOMES
    assert sum(report["outcomes"].values()) == report["tickets"] == len(PAST)
    assert report["outcomes"]["handed_off"] >= 1


def test_progress_and_what_was_skipped_go_to_standard_error_with_file_and_line(done: Done, file: Path) -> None:
    assert "3 of 3 tickets" in done.err
    assert f"{file}:4: is no JSON" in done.err
    assert f"{file}:5: ticket 1 was there before" in done.err
    assert done.json["skipped"]["count"] == 2


def test_the_page_for_people_is_one_file(done: Done, file: Path) -> None:
    page = file.with_name("report.html").read_text("utf-8")

    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "src=" not in page
    assert "What would have become of 3 past tickets" in page


def test_people_read_the_outcomes_and_where_the_page_is(done: Done, file: Path, shown: Shown) -> None:
    again = replay(file, shown)

    assert "handed off" in again.out
    assert "report.html" in again.out
    assert "--again" in again.err, "it was finished before"


@pytest.mark.parametrize(
    ("history", "desk", "told"),
    [
        ("nowhere.jsonl", True, "no such file"),
        ("past.jsonl", False, "there is no desk here"),
        ("empty.jsonl", True, "is empty"),
    ],
)
def test_what_is_lacking_is_said_plainly(file: Path, shown: Shown, history: str, desk: bool, told: str) -> None:
    file.with_name("empty.jsonl").write_text("", "utf-8")
    found = deskhand("replay", file.with_name(history), "--desk", shown.folder if desk else file.parent, "--json")

    assert found.code == 1
    assert told in found.err
    assert found.out == ""
