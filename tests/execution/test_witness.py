"""The witness is no echo: whatever rule of the policy is missing, it sees what happens then."""

import ast
import re
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from tests.execution.test_hostile import LUMEN

from deskhand.entrypoints.hostile import witness
from deskhand.entrypoints.hostile.parcel import Parcel, company, work

# What the witness calls it, and the parcel in which it was seen first, which is tried before all others.
BROKEN_BY = {
    "refund-verified": ("verified", 1),
    "refund-own-charge": ("own", 1),
    "refund-disputed": ("not disputed", 2),
    "refund-paid": ("succeeded", 4),
    "refund-too-old": ("young", 0),
    "refund-alone-only-small-duplicates": ("agreed", 0),
    "refund-month-cap": ("agreed", 11),
    "refund-enterprise": ("agreed", 0),
    "cancel-verified": ("verified", 13),
    "cancel-own": ("own", 4),
    "cancel-enterprise": ("not enterprise", 2),
    "cancel-customer-confirms": ("customer said yes", 1),
    "invoice-verified": ("verified", 2),
    "invoice-own": ("own", 7),
    "invoice-issued": ("issued", 18),
    "flagged-customer": ("not flagged", 0),
    "account-own": ("own", 32),
    "credit-same-currency": ("currency", 1),
    "credit-alone-only-small": ("agreed", 0),
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
    what, first = BROKEN_BY[rule]
    assert what in told(without(rule, tmp_path), first)


def test_a_limit_that_is_ten_times_too_high_is_noticed(tmp_path: Path) -> None:
    desk = without("no such rule", tmp_path)
    file = desk / "policies" / "billing.yaml"
    file.write_text(file.read_text("utf-8").replace("lead: {USD: 500.00", "lead: {USD: 5000.00"), "utf-8")

    assert "lead" in told(desk, first=2)


def told(desk: Path, first: int) -> str:
    """What the witness says first, of at most 20,000 proposals: the month's cap is reached once in some 3,000."""
    attacked = company(desk)
    found = (work(Parcel(1, number, 50), attacked).told for number in (first, *range(400)))
    return next((one[0] for one in found if one), "nothing")


def test_the_witness_knows_nothing_of_what_it_judges() -> None:
    tree = ast.parse(Path(witness.__file__).read_text("utf-8"))
    known = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]

    assert all(not name.startswith("deskhand.") or name.startswith("deskhand.domain.") for name in known), known
