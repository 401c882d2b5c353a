"""Policies of several files: which rule speaks for which action, what does not fit together, and what is noted."""

from pathlib import Path

import pytest
from tests.policy.world import POLICY, REFUND_YAML, load, of_desk

from deskhand.domain.errors import DeskFault, Fault
from deskhand.execution.catalogue.all_actions import ACTIONS

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"


def faults(files: dict[str, str]) -> list[str]:
    with pytest.raises(DeskFault) as caught:
        load(files)
    return [str(fault) for fault in caught.value.faults]


ALLOW = "rules: [{id: %s, on: %s, effect: allow}]"
OWNER = "{id: owner, on: '*', effect: deny, require: ['ticket.owner == \"assistant\"'], say: A colleague has it.}"


def rules(files: dict[str, str], action: str) -> list[str]:
    return [rule.id for rule in load(files).chapters[action].rules]


def test_a_star_means_the_actions_that_its_own_file_names() -> None:
    files = {"a": ALLOW % ("talk", "turn"), "b": f"rules: [{{id: ok, on: send_invoice, effect: allow}}, {OWNER}]"}

    assert rules(files, "send_invoice") == ["ok", "owner"]
    assert rules(files, "turn") == ["talk"]


def test_a_file_that_covers_all_speaks_for_every_action_and_first() -> None:
    files = {"a": ALLOW % ("talk", "turn"), "z": f"covers: all\nrules: [{OWNER}]"}

    assert rules(files, "turn") == ["owner", "talk"]
    assert rules(files, "refund_charge") == ["owner"]


def test_the_tables_of_a_file_that_covers_all_hold_for_every_file() -> None:
    common = "covers: all\nroles: [lead]\nqueues: [risk]\nlimits: {most: {USD: 1.00}}\nwindows: {long: 2w}"
    rule = "{id: a, on: refund_charge, effect: approve, by: lead, require: [refund.amount <= limit.most]}"
    other = (
        "{id: b, on: refund_charge, effect: escalate, to: risk, say: No, when: [now - charge.created_at > within.long]}"
    )

    policy = load({"z": common, "a": f"rules: [{rule}, {other}]"})

    assert policy.roles == {"lead"}
    assert policy.queues == {"risk"}


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (
            {"a": ALLOW % ("one", "turn"), "b": ALLOW % ("two", "turn")},
            "b:1: turn has its rules in a; keep them together",
        ),
        (
            {"a": ALLOW % ("one", "turn"), "b": ALLOW % ("one", "send_invoice")},
            "b:1: one: another rule has this id; give one of them another",
        ),
        (
            {"a": "limits: {most: {USD: 1.00}}", "b": "covers: all\nlimits:\n  most: {USD: 2.00}"},
            "a:1: limit.most is defined in b already, for every action; rename one",
        ),
        ({"a": f"rules: [{OWNER}]"}, 'a:1: owner: is on no action: this file names none that "*" could mean'),
        (
            {"a": "roles: [lead]", "b": "rules: [{id: x, on: turn, effect: approve, by: lead}]"},
            "b:1: x: `by: lead` is unknown; name it in `roles`",
        ),
        (
            {"a": "covers: all\nrules: [{id: sure, on: '*', effect: confirm, say: Sure}]"},
            'a:2: sure: `confirm` has no meaning on turn, which "*" reaches here',
        ),
    ],
)
def test_files_that_do_not_fit_together_are_a_fault(files: dict[str, str], fault: str) -> None:
    assert faults(files) == [fault]


def test_two_files_may_use_one_name_for_limits_of_their_own() -> None:
    one = "limits: {most: {USD: 1.00}}\n" + ALLOW % ("one", "turn")
    two = "limits: {most: {USD: 2.00}}\n" + ALLOW % ("two", "send_invoice")
    chapters = load({"a": one, "b": two}).chapters

    assert str(chapters["turn"].limits["most"]["USD"]) == "1.00 USD"
    assert str(chapters["send_invoice"].limits["most"]["USD"]) == "2.00 USD"


def test_the_digest_is_of_every_text() -> None:
    first = load({"refund.yaml": REFUND_YAML})

    assert first.digest == POLICY.digest
    assert load({"refund.yaml": REFUND_YAML + "# more\n"}).digest != first.digest
    assert load({"refunds.yaml": REFUND_YAML}).digest != first.digest


def test_a_policy_tells_the_roles_and_queues_that_its_rules_name() -> None:
    policy = load({"refund.yaml": REFUND_YAML.replace("roles: [", "roles: [nobody, ")})

    assert policy.roles == {"team_lead", "account_manager"}
    assert policy.queues == {"support", "billing", "risk", "specialist", "accounts"}


def test_what_is_often_right_but_worth_a_look_is_a_note() -> None:
    text = REFUND_YAML.replace("USD: 50.00, EUR: 45.00", "USD: 50.00")
    text = text.replace("  - {id: refunds, on: refund_charge, effect: allow}\n", "")

    others = ", ".join(name for name in ACTIONS if name != "refund_charge" and not name.startswith("crm_"))
    assert set(load({"refund.yaml": text}).notes) == {
        Fault("refund.yaml", 6, "limit alone has no amount in EUR, where it is unknown and allows nothing"),
        Fault("refund.yaml", 25, "refund_charge: no rule allows it, so it is always denied"),
        Fault("policies", 1, f"no rule speaks of {others}, so these actions are always denied"),
    }


def test_the_policies_of_the_demo_company_have_neither_fault_nor_note() -> None:
    policy = of_desk(LUMEN)

    assert policy.notes == ()
    assert policy.roles == {"team_lead", "account_manager"}
    assert policy.queues == {"support", "billing", "risk", "specialist", "accounts"}
