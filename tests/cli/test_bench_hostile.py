"""`bench hostile`: what it prints, and that a desk without its rules fails it."""

from pathlib import Path
from shutil import copytree, ignore_patterns

from tests.cli.script import ROOT, deskhand

LUMEN = ROOT / "examples" / "lumen"


def test_it_tells_what_became_of_every_proposal() -> None:
    done = deskhand("bench", "hostile", "--proposals", "600", "--facts", "900", "--desk", LUMEN, "--json")

    assert done.code == 0, done.err
    told = done.json
    assert told["proposals"] == 600 == sum(row["proposals"] for row in told["by_kind"].values())
    parts = ("committed", "stopped", "done_before", "unsettled", "only_words")
    assert sum(told[part] for part in parts) == 600
    assert told["committed"] == sum(row["committed"] for row in told["by_kind"].values()) > 0
    assert told["forbidden"] == 0
    assert told["per_second"] > 0
    assert told["facts"]["decided"] == 900 == sum(sum(row.values()) for row in told["facts"]["answers"].values())
    assert told["facts"]["different"] == 0
    assert "Attacking" in done.err


def test_a_desk_without_the_rule_against_foreign_charges_fails_it(tmp_path: Path) -> None:
    desk = copytree(LUMEN, tmp_path / "desk", ignore=ignore_patterns(".deskhand"))
    billing = desk / "policies" / "billing.yaml"
    billing.write_text(
        billing.read_text("utf-8").replace("[charge.customer == ticket.customer]", '[charge.customer != ""]')
    )

    done = deskhand("bench", "hostile", "--proposals", "600", "--facts", "0", "--desk", desk)

    assert done.code == 1
    assert "own" in done.out
    assert "0 forbidden" not in done.out


def test_a_desk_whose_limit_is_a_cent_too_high_differs_from_the_rules(tmp_path: Path) -> None:
    desk = copytree(LUMEN, tmp_path / "desk", ignore=ignore_patterns(".deskhand"))
    billing = desk / "policies" / "billing.yaml"
    billing.write_text(billing.read_text("utf-8").replace("lead: {USD: 500.00", "lead: {USD: 500.01"), "utf-8")

    done = deskhand("bench", "hostile", "--proposals", "0", "--facts", "20000", "--desk", desk)

    assert done.code == 1
    assert "differ on 0" not in done.out
    assert "refund.amount = 500.01 USD" in " ".join(done.out.split())


def test_a_folder_that_is_no_desk_is_refused(tmp_path: Path) -> None:
    done = deskhand("bench", "hostile", "--desk", tmp_path)

    assert done.code == 1
    assert "no desk here" in done.err
    assert done.out == ""
