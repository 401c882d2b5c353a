"""What is decided on facts: the spoken rule, roles and queues, what is unknown, and what an approval binds to."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.policy.world import (
    CHARGE,
    CUSTOMER,
    DAY,
    MESSAGE,
    MICRO,
    NOW,
    POLICY,
    REFUND,
    REFUND_YAML,
    SCHEMA,
    SIGNAL,
    TICKET,
    history,
    load,
    usd,
)

from deskhand.domain.money import Money
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.execution.catalogue.refund_charge import AskedAmount
from deskhand.policy.decide import decide, view_digest
from deskhand.policy.facts import ActionFacts, CustomerFacts, TalkFacts, values_of
from deskhand.policy.loading import compile_policies
from deskhand.policy.policy import Decision, Policy

ENTERPRISE = CustomerFacts(known=True, tier="enterprise", flagged=False)
ALONE = replace(CHARGE, duplicate_gap=None)


def refund(
    approved: frozenset[str] = frozenset(), policy: Policy = POLICY, currency: str = "USD", **groups: Any
) -> Decision:
    return decide(policy, "refund_charge", values_of(replace(REFUND, **groups)), currency=currency, approved=approved)


def told(verdict: Verdict) -> tuple[Any, ...]:
    match verdict:
        case Approve(rule, by):
            return ("approve", rule, *by)
        case Escalate(rule, to):
            return ("escalate", rule, to)
        case _:
            return (verdict.effect, verdict.rule)


def test_a_small_double_charge_is_refunded() -> None:
    assert refund().verdict == Allow("refunds")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"ticket": replace(TICKET, owner="ana")}, ("deny", "a-person-has-it")),
        ({"stage": "read-only"}, ("deny", "suggestions-only")),
        ({"stage": "atuonomous"}, ("deny", "suggestions-only")),
        ({"ticket": replace(TICKET, verified=False)}, ("deny", "verified")),
        ({"ticket": replace(TICKET, customer="stripe:customer:2")}, ("deny", "own-charge")),
        ({"customer": replace(CUSTOMER, flagged=True)}, ("escalate", "suspicious", "risk")),
        ({"charge": replace(CHARGE, disputed=True)}, ("escalate", "suspicious", "risk")),
        ({"refund": AskedAmount(usd(4201), "USD")}, ("deny", "not-more-than-paid")),
        ({"refund": AskedAmount(usd(0), "USD")}, ("deny", "not-more-than-paid")),
        ({"charge": replace(CHARGE, refunded=usd(1))}, ("deny", "not-more-than-paid")),
        ({"charge": replace(CHARGE, created_at=NOW - 30 * DAY)}, ("allow", "refunds")),
        ({"charge": replace(CHARGE, created_at=NOW - 30 * DAY - MICRO)}, ("deny", "too-old")),
        ({"action": ActionFacts(False, own=True)}, ("confirm", "customer-confirms")),
        ({"charge": ALONE}, ("approve", "alone-only-small-duplicates", "team_lead")),
        ({"history": history(usd(5801))}, ("approve", "month-cap", "team_lead")),
        ({"customer": ENTERPRISE}, ("approve", "enterprise", "account_manager")),
        (
            {"customer": ENTERPRISE, "charge": ALONE},
            ("approve", "alone-only-small-duplicates", "team_lead", "account_manager"),
        ),
        (
            {"refund": AskedAmount(usd(60000), "USD"), "charge": replace(CHARGE, amount=usd(60000))},
            ("escalate", "too-large", "billing"),
        ),
    ],
)
def test_refunds(groups: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert told(refund(**groups).verdict) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({}, ("allow", "answers")),
        ({"signal": replace(SIGNAL, wants_human=True)}, ("escalate", "wants-a-person", "support")),
        ({"signal": replace(SIGNAL, risks=["fraud", "legal"])}, ("escalate", "not-for-a-machine", "specialist")),
        ({"signal": replace(SIGNAL, sentiment="angry")}, ("allow", "answers")),
        (
            {"signal": replace(SIGNAL, sentiment="angry"), "customer": ENTERPRISE},
            ("escalate", "angry-and-important", "accounts"),
        ),
        ({"talk": TalkFacts(12, 0, 1)}, ("escalate", "going-in-circles", "support")),
        ({"customer": CustomerFacts(False, None, None)}, ("allow", "answers")),
    ],
)
def test_messages(groups: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert told(decide(POLICY, "turn", values_of(replace(MESSAGE, **groups))).verdict) == expected


# -- approvals -----------------------------------------------------------------------------------------


def test_an_action_runs_only_when_every_role_has_approved() -> None:
    def asked(*approved: str) -> tuple[Any, ...]:
        return told(refund(frozenset(approved), customer=ENTERPRISE, charge=ALONE).verdict)

    assert asked("team_lead") == ("approve", "enterprise", "account_manager")
    assert asked("agent", "account_manager") == ("approve", "alone-only-small-duplicates", "team_lead")
    assert asked("account_manager", "team_lead") == ("allow", "refunds")


def test_no_approval_opens_what_is_denied_escalated_or_not_confirmed() -> None:
    everybody = frozenset({"agent", "team_lead", "account_manager"})

    assert isinstance(refund(everybody, ticket=replace(TICKET, verified=False)).verdict, Deny)
    assert isinstance(refund(everybody, charge=replace(CHARGE, disputed=True)).verdict, Escalate)
    assert isinstance(refund(everybody, action=ActionFacts(False, own=True)).verdict, Confirm)


def test_an_approval_binds_to_every_fact_but_the_clock_and_to_the_policy() -> None:
    seen = view_digest(refund())

    assert view_digest(refund(now=NOW + timedelta(minutes=5))) == seen
    assert view_digest(refund(customer=ENTERPRISE)) != seen
    assert view_digest(refund(charge=ALONE)) != seen
    assert view_digest(refund(policy=load({"refund.yaml": REFUND_YAML + "# more\n"}))) != seen


# -- nothing permits -----------------------------------------------------------------------------------


def test_what_no_rule_permits_is_denied_by_default_and_not_confirmed_first() -> None:
    policy = load({"f": REFUND_YAML.replace("  - {id: refunds, on: refund_charge, effect: allow}\n", "")})

    assert refund(policy=policy, action=ActionFacts(False, own=True)).verdict.rule == "default"


def test_an_action_that_policy_does_not_know_is_denied() -> None:
    assert told(decide(POLICY, "delete_account", {}).verdict) == ("deny", "default")


def test_a_currency_without_a_limit_is_never_allowed() -> None:
    yen = Money(5000, "JPY")
    decision = refund(
        currency="JPY",
        refund=AskedAmount(yen, "JPY"),
        charge=replace(CHARGE, amount=yen, refunded=Money(0, "JPY"), currency="JPY"),
        history=history(Money(0, "JPY")),
    )

    assert told(decision.verdict) == ("escalate", "too-large", "billing")


def test_money_in_another_currency_is_never_compared() -> None:
    careless = compile_policies({"f": REFUND_YAML.replace("refund.currency == charge.currency", "true")}, SCHEMA)

    decision = refund(policy=careless, charge=replace(CHARGE, amount=Money(999999, "JPY")))

    assert told(decision.verdict) == ("deny", "not-more-than-paid")


@pytest.mark.parametrize(("minor", "effect"), [(2**61, "allow"), (2**62, "deny"), (2**63, "deny"), (2**80, "deny")])
def test_a_sum_too_large_for_the_engine_permits_nothing(minor: int, effect: str) -> None:
    text = "rules: [{id: a, on: refund_charge, effect: allow, when: [refund.amount + refund.amount > 0]}]"

    decision = refund(policy=load({"f": text}), refund=AskedAmount(usd(minor), "USD"))

    assert decision.verdict.effect == effect


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("charge.disputed", 0),
        ("charge.status", None),
        ("charge.colour", "red"),
        ("refund.amount", 42.0),
        ("refund.amount", 4200),
        ("now", datetime(2026, 11, 23)),
        ("limit.alone", usd(999999)),
        ("within.refund", timedelta(days=999)),
    ],
)
def test_a_fact_that_does_not_fit_is_an_error(name: str, value: object) -> None:
    with pytest.raises(TypeError):
        decide(POLICY, "refund_charge", {**values_of(REFUND), name: value}, currency="USD")


def test_a_decision_keeps_its_facts_as_json() -> None:
    facts = refund().facts

    assert json.loads(json.dumps(facts)) == facts
    assert facts["charge.amount"] == "42.00 USD"
    assert facts["charge.duplicate_gap"] == 4 * 3600
    assert facts["now"] == "2026-11-24T12:00:00+00:00"
    assert facts.keys() == values_of(REFUND).keys()
