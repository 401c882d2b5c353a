"""`deskhand policy`: rules checked, tested, explained, compared and written out."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import ROOT, deskhand

LUMEN = ROOT / "examples" / "lumen"


@pytest.fixture
def copied(shown: Shown, tmp_path: Path) -> Path:
    """The demo's desk after a few letters, to change."""
    return Path(shutil.copytree(shown.folder, tmp_path / "desk"))


def change(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


def facts_of_a_test(name: str) -> dict[str, Any]:
    """What `decide` takes, for one test of the demo's own."""
    from deskhand.bootstrap import policy_files, policy_tests
    from deskhand.execution.catalogue.all_actions import schema_of_texts
    from deskhand.policy.case_file import load_cases
    from deskhand.policy.decide import dump
    from deskhand.policy.loading import load_policies

    files = policy_files(LUMEN)
    cases = load_cases(policy_tests(LUMEN), load_policies(files, schema_of_texts(files)))
    case = next(case for case in cases if case.name == name)
    return {"action": case.action, "facts": dump(case.facts), "currency": case.currency}


class TestCheck:
    def test_the_demo_has_no_fault(self) -> None:
        done = deskhand("policy", "check", "--desk", LUMEN, "--json")

        assert done.code == 0
        assert (done.json["ok"], done.json["faults"]) == (True, [])

    def test_a_fault_is_told_with_its_line_and_the_exit_code_is_1(self, copied: Path) -> None:
        change(copied / "policies" / "everything.yaml", "customer.flagged", "customer.flaged")

        done = deskhand("policy", "check", "--desk", copied)

        assert done.code == 1
        assert done.out.startswith("policies/everything.yaml:15: flagged-customer: ")
        assert "did you mean `customer.flagged`?" in done.out

    def test_a_fault_of_a_test_is_told_too(self, copied: Path) -> None:
        file = copied / "policies" / "tests" / "refunds.yaml"
        change(file, "facts: {charge.disputed: true}", "facts: {charge.disputd: true}")

        done = deskhand("policy", "check", "--desk", copied, "--json")

        assert done.code == 1
        assert [one["file"] for one in done.json["faults"]] == ["policies/tests/refunds.yaml"]
        assert done.json["faults"][0]["what"].endswith("did you mean `charge.disputed`?")


class TestTests:
    def test_those_of_the_demo_pass_and_show_every_rule_at_work(self) -> None:
        done = deskhand("policy", "test", "--desk", LUMEN, "--covered", "--json")

        assert done.code == 0
        assert done.json["tests"] > 40
        assert (done.json["failed"], done.json["uncovered"]) == ([], [])

    def test_those_of_a_new_desk_do_as_well(self, starter: Path) -> None:
        done = deskhand("policy", "test", "--desk", starter, "--covered", "--json")

        assert (done.code, done.json["failed"], done.json["uncovered"]) == (0, [], [])
        assert done.json["tests"] > 10

    def test_a_changed_rule_is_noticed_with_the_line_of_the_test(self, copied: Path) -> None:
        change(copied / "policies" / "billing.yaml", "alone: {USD: 50.00", "alone: {USD: 49.99")

        done = deskhand("policy", "test", "--desk", copied)

        file = copied / "policies" / "tests" / "refunds.yaml"
        line = file.read_text("utf-8").splitlines().index("  - name: exactly 50 dollars go alone") + 1
        assert done.code == 1
        assert done.out.startswith(
            f"policies/tests/refunds.yaml:{line}: exactly 50 dollars go alone: expected allow by refunds"
        )
        assert (
            "refund.amount <= limit.alone  is False  [refund.amount = 50.00 USD, limit.alone = 49.99 USD]" in done.out
        )

    def test_a_rule_without_tests_is_told_and_fails_only_where_that_is_asked_for(self, copied: Path) -> None:
        rule = (
            "{id: refund-odd, on: refund_charge, effect: deny, when: [channel == 'fax'], say: No.}\n  - {id: refunds,"
        )
        change(copied / "policies" / "billing.yaml", "{id: refunds,", rule)

        assert deskhand("policy", "test", "--desk", copied).code == 0
        done = deskhand("policy", "test", "--desk", copied, "--covered", "--json")
        assert done.code == 1
        assert [(one["rule"], one["why"]) for one in done.json["uncovered"]] == [("refund-odd", "never made to fire")]


class TestDecide:
    def test_each_line_is_decided_and_a_faulty_one_stops_none(self, tmp_path: Path) -> None:
        small = facts_of_a_test("a small duplicate is refunded")
        wrong = {**small, "facts": {**small["facts"], "charge.disputd": False}}
        odd = {**small, "facts": {**small["facts"], "charge.amount": "29 dollars"}}
        disputed = {**small, "facts": {**small["facts"], "charge.disputed": True}}
        lines = [
            json.dumps(small),
            "not JSON",
            "",
            json.dumps(wrong),
            json.dumps(odd),
            '{"action": "refund"}',
            json.dumps(disputed),
        ]
        (tmp_path / "facts.jsonl").write_text("\n".join(lines), "utf-8")

        done = deskhand("policy", "decide", "--facts", tmp_path / "facts.jsonl", "--desk", LUMEN, "--json")

        told = {one["line"]: one for one in map(json.loads, done.out.splitlines())}
        assert done.code == 1
        assert list(told) == [1, 2, 4, 5, 6, 7]
        assert (told[1]["effect"], told[1]["rule"]) == ("allow", "refunds")
        assert told[2]["fault"].startswith("is no JSON")
        assert told[4]["fault"] == "charge.disputd is no fact of refund_charge; did you mean `charge.disputed`?"
        assert told[5]["fault"] == "charge.amount does not read as its type"
        assert "did you mean" in told[6]["fault"] or "known are" in told[6]["fault"]
        assert (told[7]["effect"], told[7]["who"]) == ("escalate", ["risk"])
        assert told[7]["trace"][0]["because"][0]["condition"] == "!charge.disputed"

    def test_lines_from_standard_input_without_a_fault_exit_with_0(self) -> None:
        line = json.dumps(facts_of_a_test("a cent more needs a team lead") | {"approved": ["team_lead"]})

        done = deskhand("policy", "decide", "--facts", "-", "--desk", LUMEN, stdin=line.encode())

        assert done.code == 0
        assert done.out.startswith("-:1: refund_charge: allow by refunds\n")


class TestPast:
    def test_each_decision_on_a_ticket_is_explained(self, shown: Shown) -> None:
        ticket = shown.demo.json["tickets"][0]["ticket"]

        done = deskhand("policy", "explain", ticket, "--desk", shown.folder, "--json")

        assert done.code == 0
        assert {one["same"] for one in done.json["decisions"]} == {True}
        assert {one["recorded"]["action"] for one in done.json["decisions"]} >= {"turn", "refund_charge"}
        told = deskhand("policy", "explain", ticket, "--desk", shown.folder)
        assert "refund_charge, while planning: comes out the same" in told.out
        assert ": refunds (allow) fired" in told.out

    def test_a_ticket_that_nothing_was_decided_on_is_told_so(self, shown: Shown) -> None:
        done = deskhand("policy", "explain", "zendesk:ticket:999999", "--desk", shown.folder)

        assert done.code == 1
        assert "nothing was decided on this ticket" in done.err

    def test_by_the_unchanged_policy_nothing_comes_out_otherwise(self, shown: Shown) -> None:
        for period in ([], ["--days", "1"], ["--since", "2026-01-01"]):
            done = deskhand("policy", "replay", *period, "--desk", shown.folder, "--json")

            assert (done.code, done.json["changed"], done.json["differences"]) == (0, 0, [])
            assert done.json["compared"] > 5

    def test_nothing_is_taken_again_from_before_the_day_that_was_said(self, shown: Shown) -> None:
        assert (
            deskhand("policy", "replay", "--since", "2099-01-01", "--desk", shown.folder, "--json").json["compared"]
            == 0
        )

    def test_a_changed_policy_tells_what_would_come_out_otherwise(self, shown: Shown, tmp_path: Path) -> None:
        new = Path(shutil.copytree(shown.folder / "policies", tmp_path / "new"))
        change(new / "billing.yaml", "alone: {USD: 50.00", "alone: {USD: 1.00")

        done = deskhand("policy", "replay", "--policy", new, "--desk", shown.folder, "--json")

        (one,) = [one for one in done.json["differences"] if one["was"]["effect"] == "allow"]
        assert (one["action"], one["now"]["rule"]) == ("refund_charge", "refund-alone-only-small-duplicates")
        assert one["now"]["who"] == ["team_lead"]
        assert one["count"] >= len(one["examples"]) > 0

    def test_the_difference_of_two_policies_names_rules_decisions_and_tests(self, shown: Shown, tmp_path: Path) -> None:
        new = Path(shutil.copytree(shown.folder / "policies", tmp_path / "new"))
        change(new / "billing.yaml", "alone: {USD: 50.00", "alone: {USD: 1.00")
        change(new / "billing.yaml", "id: refund-paid\n", "id: refund-succeeded\n")
        change(new / "tests" / "refunds.yaml", "rule: refund-paid}", "rule: refund-succeeded}")
        change(new / "billing.yaml", "require: [refund.amount > 0]", "require: [refund.amount >= 1]")

        done = deskhand("policy", "diff", shown.folder, new, "--desk", shown.folder, "--json")

        changes = {one["name"]: (one["how"], one["what"]) for one in done.json["rules"]}
        assert changes == {
            "rule refund-paid": ("removed", []),
            "rule refund-succeeded": ("added", []),
            "rule refund-something": ("changed", ["require"]),
            "limit alone": ("changed", ["USD"]),
        }
        assert {one["now"]["effect"] for one in done.json["journal"]["differences"]} == {"approve"}
        told = [one for one in done.json["tests"]["differences"] if one["was"]["rule"] == "refunds"]
        assert "a small duplicate is refunded" in told[0]["examples"]
        text = deskhand("policy", "diff", shown.folder, new, "--desk", shown.folder).out
        assert "removed: rule refund-paid" in text
        assert "decisions of the journal would come out otherwise" in text

    def test_facts_that_old_records_lack_are_told_and_count_as_unknown(self, copied: Path, tmp_path: Path) -> None:
        from tests.cli.test_audit import tamper

        statement = (
            "update journal set body = json_remove(body, '$.facts.\"talk.questions\"') where kind = 'policy.asked'"
        )
        assert tamper(copied, statement) > 0

        done = deskhand("policy", "replay", "--desk", copied, "--json")

        assert done.json["unrecorded"]["talk.questions"] > 0
        assert {one["now"]["rule"] for one in done.json["differences"]} == {"going-in-circles"}
        assert "talk.questions: a rule asks for it" in deskhand("policy", "replay", "--desk", copied).out

    def test_rules_are_counted_in_tests_and_in_real_decisions(self, shown: Shown) -> None:
        rules = {
            one["rule"]: one for one in deskhand("policy", "coverage", "--desk", shown.folder, "--json").json["rules"]
        }

        assert rules["refunds"]["journal_spoke"] > 0
        assert rules["wants-a-person"]["journal_fired"] > 0
        assert rules["refund-disputed"]["journal_fired"] == 0
        assert rules["refund-disputed"]["journal_not_fired"] > 0
        assert all(one["tests_fired"] > 0 and not one["lacks"] for one in rules.values())


def test_an_auditor_reads_the_policy_in_plain_english() -> None:
    done = deskhand("policy", "render", "--desk", LUMEN)

    assert done.code == 0
    assert done.out == (Path(__file__).parent / "lumen_policy.md").read_text("utf-8")
