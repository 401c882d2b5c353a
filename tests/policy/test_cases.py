"""Tests of a policy: what they find, what is wrong with them, and which rules they show at work."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.test_mending import SOUND
from tests.policy.world import SCHEMA
from tests.yaml_text import flow

from deskhand.domain.errors import DeskFault
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import coverage, try_cases
from deskhand.policy.loading import load_policies

POLICY = load_policies({"refund.yaml": SOUND}, SCHEMA)
CASES = """\
given:
  sound:
    action: refund_charge
    currency: USD
    facts:
      now: 2026-11-24T12:00:00Z
      stage: autonomous
      ticket.verified: true
      customer.flagged: false
      refund.amount: 29.00 USD
      charge.status: succeeded
      charge.created_at: now - 3d
      charge.disputed: false
      action.confirmed: true
  large:
    given: sound
    facts:
      refund.amount: 80.00 USD
tests:
  - name: a small one
    given: sound
    expect: {effect: allow, rule: refunds}
  - name: a large one
    given: large
    expect: {effect: approve, rule: large, by: [team_lead, team_lead]}
  - name: by two people
    given: large
    approved: [team_lead, team_lead]
    expect: {effect: allow, rule: refunds}
  - name: not by whoever asked
    given: large
    approved: [team_lead]
    own: team_lead
    expect: {effect: approve, rule: large, by: team_lead}
  - name: unknown is not verified
    given: sound
    without: [ticket.verified]
    expect: {effect: deny, rule: verified}
"""


def test_facts_build_on_one_another_and_times_count_from_now() -> None:
    cases = {case.name: case for case in load_cases({"t.yaml": CASES}, POLICY)}

    large = cases["a large one"].facts
    assert str(large["refund.amount"]) == "80.00 USD"
    assert large["now"] - large["charge.created_at"] == timedelta(days=3)
    assert "ticket.verified" not in cases["unknown is not verified"].facts
    assert [case.line for case in cases.values()] == [20, 23, 26, 30, 35]


def test_what_is_expected_is_what_is_found() -> None:
    assert [one.wrong for one in try_cases(POLICY, load_cases({"t.yaml": CASES}, POLICY))] == [""] * 5


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "rule: refunds}\n  - name: a large",
            "rule: paid}\n  - name: a large",
            "expected allow by paid, got allow by refunds",
        ),
        (
            "by: [team_lead, team_lead]",
            "by: team_lead",
            "expected approve by large (team_lead), got approve by large (team_lead, team_lead)",
        ),
        (
            "effect: deny, rule: verified",
            "effect: escalate, rule: verified",
            "expected escalate by verified, got deny by verified",
        ),
    ],
)
def test_another_answer_is_told(old: str, new: str, wrong: str) -> None:
    assert CASES.count(old) == 1
    tried = try_cases(POLICY, load_cases({"t.yaml": CASES.replace(old, new)}, POLICY))

    assert [one.wrong for one in tried if one.wrong] == [wrong]


def test_rules_that_no_test_shows_at_work_are_told() -> None:
    tried = try_cases(POLICY, load_cases({"t.yaml": CASES}, POLICY))
    lacking = {one.id: one.wants for one in coverage(POLICY, tried).lacking}

    assert lacking["disputed"] == "never made to fire"
    assert lacking["wants-a-person"] == "never made to fire nor kept from firing"
    assert not {"verified", "large", "refunds"} & set(lacking)  # `refunds` has no condition: it always fires


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("given:\n  sound", "givn:\n  sound", 1, "unknown key 'givn'; did you mean `given`?"),
        ("action: refund_charge", "action: refund_chrge", 3, "did you mean `refund_charge`?"),
        (
            "    given: sound\n    facts:",
            "    given: sounds\n    facts:",
            16,
            "nothing above is called 'sounds'; did you mean `sound`?",
        ),
        ("customer.flagged: false", "customer.flaged: false", 9, "did you mean `customer.flagged`?"),
        ("customer.flagged: false", "customer.flagged: no", 9, "customer.flagged: is true or false"),
        ("29.00 USD", "29 dollars", 10, "is an amount such as 29.00 USD"),
        ("now - 3d", "three days ago", 12, "is a time with its zone"),
        ("2026-11-24T12:00:00Z", "2026-11-24T12:00:00", 6, "is a time with its zone"),
        ("now - 3d", "now - 99999999w", 12, "lies beyond all calendars"),
        (
            "without: [ticket.verified]",
            "without: [ticket.owner]",
            37,
            "ticket.owner is not given, so it is unknown already",
        ),
        ("rule: verified}", "rule: verifed}", 38, "did you mean `verified`?"),
        ("effect: deny", "effect: refuse", 38, "`effect` is one of allow, approve, confirm, deny, escalate"),
        ("approved: [team_lead]\n", "approved: team_lead\n", 32, "`approved` is a list of names"),
        ("  - name: a small one\n    given", "  - given", 20, "lacks name"),
        ("    given: sound\n    expect: {effect: allow", "    expect: {effect: allow", 20, "lacks `action`"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert CASES.count(old) == 1
    with pytest.raises(DeskFault) as caught:
        load_cases({"t.yaml": CASES.replace(old, new)}, POLICY)

    told = {(fault.file, fault.line) for fault in caught.value.faults if what in fault.what}
    assert told == {("t.yaml", line)}


WORDS = st.sampled_from(
    ["given", "tests", "name", "facts", "expect", "without", "approved", "action", "a", "now", "29.00 USD"]
)
TREES = st.recursive(
    WORDS | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, TREES, max_size=3).map(flow))
def test_only_a_desk_fault_escapes_from_files_of_any_shape(text: str) -> None:
    try:
        cases = load_cases({"t": text}, POLICY)
    except DeskFault as fault:
        cases = ()
        told = fault.faults
        assert told
    assert not cases
