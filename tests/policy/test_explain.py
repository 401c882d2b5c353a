"""A decision as a person reads it."""

from dataclasses import replace

from tests.policy.world import CHARGE, CUSTOMER, MESSAGE, POLICY, REFUND, SIGNAL, RefundFacts, load, usd

from deskhand.execution.catalogue.refund_charge import AskedAmount
from deskhand.policy.decide import decide
from deskhand.policy.explain import explain
from deskhand.policy.facts import values_of


def explained(facts: RefundFacts) -> str:
    return explain(decide(POLICY, "refund_charge", values_of(facts), currency="USD"))


def test_a_refusal_tells_every_rule_that_fired_with_line_conditions_and_values() -> None:
    assert (
        explained(replace(REFUND, refund=AskedAmount(usd(9900), "USD")))
        == """\
deny by not-more-than-paid
  refund.yaml:45: not-more-than-paid (deny) fired
    refund.amount <= charge.amount - charge.refunded  is False  \
[refund.amount = 99.00 USD, charge.amount = 42.00 USD, charge.refunded = 0.00 USD]
  refund.yaml:70: alone-only-small-duplicates (approve) fired
    refund.amount <= limit.alone  is False  [refund.amount = 99.00 USD, limit.alone = 50.00 USD]
    refund.amount == charge.amount  is False  [refund.amount = 99.00 USD, charge.amount = 42.00 USD]
  refund.yaml:88: refunds (allow) fired"""
    )


def test_an_approval_names_who_is_asked_and_what_is_unknown() -> None:
    facts = replace(REFUND, charge=replace(CHARGE, duplicate_gap=None), customer=replace(CUSTOMER, tier="enterprise"))

    assert (
        explained(facts)
        == """\
approve by alone-only-small-duplicates: team_lead and account_manager
  refund.yaml:70: alone-only-small-duplicates (approve) fired
    charge.duplicate_gap <= within.duplicate  is unknown (no charge.duplicate_gap)  \
[charge.duplicate_gap = unknown, within.duplicate = 3 days, 0:00:00]
  refund.yaml:83: enterprise (approve) fired
    customer.tier == "enterprise"  is True  [customer.tier = enterprise]
  refund.yaml:88: refunds (allow) fired"""
    )


def test_a_refusal_by_default_shows_why_no_rule_allowed() -> None:
    policy = load({"f": "rules: [{id: plus, on: turn, effect: allow, when: [customer.tier == 'plus']}]"})

    assert (
        explain(decide(policy, "turn", values_of(MESSAGE)))
        == """\
deny by default
  f:1: plus (allow) did not fire
    customer.tier == 'plus'  is False  [customer.tier = standard]"""
    )


def test_a_handover_names_the_queue() -> None:
    facts = replace(MESSAGE, signal=replace(SIGNAL, wants_human=True))

    assert explain(decide(POLICY, "turn", values_of(facts))).startswith("escalate by wants-a-person: to support\n")
