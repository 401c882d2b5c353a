"""The desks of examples/: each has no fault, and does what its own tests and golden tickets say."""

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
