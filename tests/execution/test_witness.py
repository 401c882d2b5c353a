"""The witness is no echo: whatever rule of the policy is missing, it sees what happens then."""

import ast
import re
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from tests.execution.test_hostile import LUMEN

from deskhand.entrypoints.hostile import witness
from deskhand.entrypoints.hostile.parcel import Parcel, company, work

BROKEN_BY = {
    "refund-verified": "verified",
    "refund-own-charge": "own",
    "refund-disputed": "not disputed",
    "refund-paid": "succeeded",
    "refund-too-old": "young",
    "refund-alone-only-small-duplicates": "agreed",
    "refund-month-cap": "agreed",
    "refund-enterprise": "agreed",
    "cancel-verified": "verified",
    "cancel-own": "own",
    "cancel-enterprise": "not enterprise",
    "cancel-customer-confirms": "customer said yes",
    "invoice-verified": "verified",
    "invoice-own": "own",
    "invoice-issued": "issued",
    "flagged-customer": "not flagged",
    "account-own": "own",
    "credit-same-currency": "currency",
    "credit-alone-only-small": "agreed",
}


def without(rule: str, folder: Path) -> Path:
    """The demo company's desk with one rule less."""
    desk = copytree(LUMEN, folder / "desk", ignore=ignore_patterns(".deskhand", "tests", "golden"))
    for file in (desk / "policies").glob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(rf"(?ms)^  - id: {rule}\n.*?(?=^  - |^$|\Z)", "", text), "utf-8")
    return desk


@pytest.mark.parametrize("rule", BROKEN_BY)
def test_a_rule_that_is_missing_is_noticed(rule: str, tmp_path: Path) -> None:
    assert BROKEN_BY[rule] in told(without(rule, tmp_path))


def test_a_limit_that_is_ten_times_too_high_is_noticed(tmp_path: Path) -> None:
    desk = without("no such rule", tmp_path)
    file = desk / "policies" / "billing.yaml"
    file.write_text(file.read_text("utf-8").replace("lead: {USD: 500.00", "lead: {USD: 5000.00"), "utf-8")

    assert "lead" in told(desk)


def told(desk: Path) -> str:
    """What the witness says first, of at most 20,000 proposals: the month's cap is reached once in some 3,000."""
    attacked = company(desk)
    found = (work(Parcel(1, number, 50), attacked).told for number in range(400))
    return next((one[0] for one in found if one), "nothing")


def test_the_witness_knows_nothing_of_what_it_judges() -> None:
    tree = ast.parse(Path(witness.__file__).read_text("utf-8"))
    known = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]

    assert all(not name.startswith("deskhand.") or name.startswith("deskhand.domain.") for name in known), known
