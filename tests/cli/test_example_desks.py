"""The desks of examples/: each has no fault, and does what its own tests, golden tickets and messages say."""

import json
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from tests.cli.script import ROOT, deskhand

DESKS = sorted(file.parent.name for file in (ROOT / "examples").glob("*/desk.toml"))


def test_there_are_a_product_by_subscription_a_shop_and_a_companys_own_it() -> None:
    assert DESKS == ["itdesk", "lumen", "parcel"]


@pytest.mark.parametrize("name", DESKS)
def test_it_has_no_fault_and_its_rules_do_what_they_are_meant_to(name: str) -> None:
    checked = deskhand("check", "--json", folder=ROOT / "examples" / name)
    assert checked.code == 0, checked.out
    assert deskhand("policy", "test", folder=ROOT / "examples" / name).code == 0


# Those of Lumen are in tests/stories/test_golden.py.
@pytest.mark.parametrize("name", ["itdesk", "parcel"])
def test_its_golden_tickets_pass(name: str, tmp_path: Path) -> None:
    desk = copytree(ROOT / "examples" / name, tmp_path / "desk", ignore=ignore_patterns(".deskhand"))
    done = deskhand("eval", "--json", folder=desk)

    assert [one for one in done.json["tickets"] if not one["passed"]] == []
    assert done.code == 0


@pytest.mark.sqlite("the demo forgets everything first, and so takes no database but a file of its own")
@pytest.mark.parametrize(("name", "system"), [("itdesk", "jira"), ("parcel", "zendesk")])
def test_its_customers_write_in_the_demo_at_its_own_help_desk(name: str, system: str, tmp_path: Path) -> None:
    desk = copytree(ROOT / "examples" / name, tmp_path / "desk", ignore=ignore_patterns(".deskhand"))
    letters = [json.loads(line) for line in (desk / "messages.jsonl").read_text("utf-8").splitlines()]
    tickets = deskhand("demo", "--once", "--json", "--desk", desk).json["tickets"]

    assert {one["ticket"].split(":")[0] for one in tickets} == {system}
    wrong = [one for one, letter in zip(tickets, letters, strict=True) if not meant(one, letter)]
    assert wrong == []


def meant(ticket: dict[str, object], letter: dict[str, dict[str, list[str]]]) -> bool:
    return ticket["outcome"] in letter["expect"]["outcomes"]
