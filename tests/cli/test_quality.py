"""`deskhand quality`: figures with their numbers, rules over the past, and what customers say."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.script import deskhand
from tests.cli.test_escalation import with_journal
from tests.escalation.journal import Journal

from deskhand.domain.journal_line import JournalLine

AT = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251  (the command has the real clock)


def test_a_desk_without_grades_says_how_many_are_wanted_and_what_a_judge_takes(starter: Path, tmp_path: Path) -> None:
    desk = with_journal(starter, tmp_path / "desk", Journal().lines)
    done = deskhand("quality", "report", "--desk", desk)
    assert done.code == 0, done.err
    assert "Replies of the assistant that are right: nothing to measure" in done.out
    assert "Agreement of two people (kappa): cannot be told (n = 0)" in done.out
    assert "it takes 50 replies that people graded, too, and a kappa of 0.6" in done.out
    assert "Open findings: 0" in done.out


def test_grades_and_findings_are_told_with_their_numbers(starter: Path, tmp_path: Path) -> None:
    told = {"ticket": "t", "message": "1", "verdict": "wrong", "hallucinated": False, "by": "ana", "double": False}
    opened = {"finding": "f1", "procedure": "refund", "ticket": "t", "kind": "wrong", "message": "1", "by": "ana"}
    lines = [
        JournalLine(1, AT, "quality.graded", "t", {**told, "why": ""}, ""),
        JournalLine(2, AT, "finding.opened", "t", opened, ""),
    ]
    desk = with_journal(starter, tmp_path / "desk", lines)
    text = deskhand("quality", "report", "--desk", desk).out
    assert "Replies of the assistant that are right: 0.0 % (0 of 1; 95 % interval 0.0 to 79.3)" in text
    assert "f1 wrong on t (refund), by ana" in text
    shown = json.loads(deskhand("quality", "report", "--desk", desk, "--json").out)
    assert shown["quality"]["findings"][0]["finding"] == "f1"
    assert {one["check"] for one in shown["rules"]} >= {"source", "contradiction"}


def test_the_past_is_held_to_the_rules_and_customers_are_told_of_with_a_day_that_is_none_refused(
    starter: Path, tmp_path: Path
) -> None:
    desk = with_journal(starter, tmp_path / "desk", Journal().lines)
    assert json.loads(deskhand("quality", "run", "--desk", desk, "--json").out)["checked"] == 0
    assert "Tickets that closed: 0" in deskhand("quality", "csat", "--desk", desk).out
    assert deskhand("quality", "run", "--since", "yesterday", "--desk", desk).code != 0
