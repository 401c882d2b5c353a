"""`deskhand audit replay`: every verdict of a desk's journal comes out again, and a changed fact is found."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand
from tests.cli.test_audit import tamper

pytestmark = pytest.mark.sqlite("tampers with its file")

CHARGED = "where seq = (select min(seq) from journal where kind = 'policy.asked' and body like '%\"refund_charge\"%')"


@pytest.fixture
def copied(shown: Shown, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shown.folder, tmp_path / "desk"))


def test_every_verdict_of_the_demo_comes_out_again(shown: Shown) -> None:
    done = deskhand("audit", "replay", "--desk", shown.folder, "--json")

    assert done.code == 0
    assert list(done.json) == ["decisions", "same", "differing", "kept_in_part"]
    assert done.json["decisions"] == done.json["same"] > 5
    assert (done.json["differing"], done.json["kept_in_part"]) == ([], 0)
    told = deskhand("audit", "replay", "--desk", shown.folder)
    assert told.out == f"0 of {done.json['same']} decisions differ: each comes out again as it was recorded.\n"


def test_turns_dry_runs_and_deeds_are_all_recorded(shown: Shown) -> None:
    with closing(sqlite3.connect(shown.folder / ".deskhand" / "desk.sqlite")) as database:
        rows = database.execute(
            "select distinct kind, json_extract(body, '$.action') from journal where kind like 'policy.%'"
        ).fetchall()

    assert {("policy.asked", "turn"), ("policy.asked", "refund_charge"), ("policy.decided", "refund_charge")} <= set(
        rows
    )


def test_a_fact_that_was_changed_is_found(copied: Path) -> None:
    change = "update journal set body = replace(body, '\"charge.disputed\":false', '\"charge.disputed\":true')"
    assert tamper(copied, f"{change} {CHARGED}") == 1

    done = deskhand("audit", "replay", "--desk", copied, "--json")

    (found,) = done.json["differing"]
    assert done.code == 1
    assert found["action"] == "refund_charge"
    assert found["is"] == "now escalate by refund-disputed (risk)"
    told = deskhand("audit", "replay", "--desk", copied)
    assert told.code == 1
    assert told.out.splitlines()[0].startswith(f"line {found['line']}, {found['ticket']}: refund_charge: was ")


def test_a_verdict_that_was_changed_is_found(copied: Path) -> None:
    change = "update journal set body = json_set(body, '$.effect', 'allow', '$.rule', 'answers', '$.who', json('[]'))"
    where = "where kind = 'policy.asked' and json_extract(body, '$.effect') = 'escalate'"
    changed = tamper(copied, f"{change} {where}")

    done = deskhand("audit", "replay", "--desk", copied, "--json")

    assert changed > 0
    assert len(done.json["differing"]) == changed


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("delete from policy_text", "the text of the policy that decided was not kept"),
        ("update policy_text set files = replace(files, '50.00', '49.00')", "the text of then was changed since"),
    ],
)
def test_a_text_of_then_that_is_lost_or_changed_is_told(copied: Path, statement: str, why: str) -> None:
    assert tamper(copied, statement) == 1

    done = deskhand("audit", "replay", "--desk", copied, "--json")

    assert done.code == 1
    assert {one["is"] for one in done.json["differing"]} == {why}


def test_after_a_change_of_policy_old_verdicts_are_decided_by_the_text_of_then(copied: Path) -> None:
    policy = copied / "policies" / "billing.yaml"
    policy.write_text(policy.read_text("utf-8").replace("alone: {USD: 50.00", "alone: {USD: 1.00"), "utf-8")

    assert deskhand("audit", "replay", "--desk", copied).code == 0


def test_lines_of_an_earlier_version_are_counted_apart(copied: Path) -> None:
    changed = tamper(copied, "update journal set body = json_remove(body, '$.approved') where kind = 'policy.decided'")

    done = deskhand("audit", "replay", "--desk", copied, "--json")

    assert changed > 0
    assert (done.code, done.json["kept_in_part"]) == (0, changed)
