"""The published specification of policies: its page says what the code does."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskhand.domain.money import Money
from deskhand.domain.verdict import Allow, Approve, Verdict
from deskhand.entrypoints.cli.policy.app import policy_app
from deskhand.execution.catalogue.all_actions import ACTIONS, schema_of
from deskhand.execution.catalogue.refund_charge import AskedAmount, ChargeFacts, RefundFacts
from deskhand.policy.case_file import TEST, load_cases
from deskhand.policy.cases import try_cases
from deskhand.policy.decide import decide
from deskhand.policy.facts import (
    ActionBase,
    ActionFacts,
    Base,
    CustomerFacts,
    HistoryFacts,
    IdentityFacts,
    OfficeFacts,
    TakeoverFacts,
    TicketFacts,
    TurnFacts,
    types_of,
    values_of,
)
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import RuleEffect
from deskhand.policy.policy_file import TABLES
from deskhand.policy.rule_text import KEYS, NEEDS
from deskhand.settings import read_table

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[-1]
(TESTS,) = re.findall(r"```yaml\n(given:.*?)```", PAGE, re.DOTALL)
WORDS: Mapping[Any, str] = {
    bool: "yes or no",
    int: "whole number",
    str: "text",
    Money: "amount",
    datetime: "time",
    timedelta: "length of time",
    list[str]: "texts",
}
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_page_tells_each_key_of_a_file_and_of_a_rule() -> None:
    assert {row[0].strip("`") for row in rows("Keys of a file")} == TABLES
    assert {row[0].strip("`") for row in rows("Keys of a rule")[: len(KEYS)]} == KEYS


def test_the_page_tells_what_each_effect_needs() -> None:
    told = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in rows("Keys of a rule")[len(KEYS) :]}

    assert told == {str(effect): set(NEEDS[effect]) for effect in RuleEffect}


def test_the_page_tells_the_facts_that_every_action_knows() -> None:
    assert told_under("Facts that every action knows") == typed(types_of(Base))


def test_the_page_tells_the_facts_that_every_action_but_turn_knows() -> None:
    common = {name: kind for name, kind in types_of(ActionBase).items() if name not in types_of(Base)}

    assert told_under("Facts that every action but turn knows") == typed(common)


@pytest.mark.parametrize("action", ACTIONS)
def test_the_page_tells_each_fact_of_an_action_with_its_type(action: str) -> None:
    assert told_under(f"Facts of {action}") == typed(ACTIONS[action].about)
    assert schema_of(ACTIONS)[action].types == types_of(ActionBase) | dict(ACTIONS[action].about)


def test_the_page_tells_each_fact_of_turn_with_its_type() -> None:
    own = {name: kind for name, kind in types_of(TurnFacts).items() if name not in types_of(Base)}

    assert told_under("Facts of turn") == typed(own)


def test_the_decision_rule_of_the_page_is_that_of_the_code() -> None:
    rule = (decide.__globals__["__doc__"] or "").split("\n\n")[1].splitlines()

    assert rule
    assert all(line in PAGE for line in rule)


def test_the_example_of_the_page_decides_as_the_page_says() -> None:
    assert isinstance(verdict(Money(2900, "USD")), Allow)
    assert verdict(Money(8000, "USD")) == Approve("refund-large-or-no-duplicate", ("team_lead",), "")
    assert verdict(Money(2900, "CHF")) == Approve("refund-large-or-no-duplicate", ("team_lead",), "")


def test_the_page_tells_each_command() -> None:
    assert {row[0] for row in rows("Commands")} == {
        f"`deskhand policy {command.name or command.callback.__name__}`"
        for command in policy_app.registered_commands
        if command.callback
    }


def test_the_page_tells_each_key_of_a_test() -> None:
    assert {row[0].strip("`") for row in rows("Tests of a policy")} == TEST


def test_the_tests_of_the_page_pass_with_the_policy_of_the_page() -> None:
    policy = load_policies({"policies/billing.yaml": EXAMPLE}, schema_of(ACTIONS))
    tried = try_cases(policy, load_cases({"policies/tests/refunds.yaml": TESTS}, policy))

    assert [one.wrong for one in tried] == ["", "", ""]


def test_the_calendar_of_the_page_is_one() -> None:
    desk = 'company = "Example"\nsignature = "Example"\ndefault_queue = "support"\n'
    (calendar,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

    assert read_table(desk + calendar, "desk.toml").calendar is not None


def verdict(amount: Money) -> Verdict:
    """Of a refund of a double payment of so much."""
    charge = ChargeFacts(
        customer="stripe:customer:cus_1",
        amount=amount,
        refunded=replace(amount, minor=0),
        currency=amount.currency,
        status="succeeded",
        created_at=NOW - timedelta(days=2),
        disputed=False,
        duplicate_gap=timedelta(hours=5),
        credited=replace(amount, minor=0),
    )
    none = replace(amount, minor=0)
    base = ActionBase(
        now=NOW,
        stage="autonomous",
        channel="email",
        actor="assistant",
        ticket=TicketFacts("assistant", charge.customer, verified=True),
        customer=CustomerFacts(known=True, tier="standard", flagged=False),
        identity=IdentityFacts(attested=True, proven=False),
        takeover=TakeoverFacts([]),
        office=OfficeFacts(None, None),
        history=HistoryFacts(none, none, none, none, none, none, 0, 0),
        action=ActionFacts(confirmed=False, own=True),
    )
    facts = values_of(base) | values_of(RefundFacts(AskedAmount(amount, amount.currency), charge))
    policy = load_policies({"policies/billing.yaml": EXAMPLE}, schema_of(ACTIONS))
    return decide(policy, "refund_charge", facts, currency=amount.currency).verdict


def typed(types: Mapping[str, type]) -> list[tuple[str, str]]:
    return [(f"`{name}`", WORDS[kind]) for name, kind in types.items()]


def told_under(heading: str) -> list[tuple[str, str]]:
    assert all(row[2] for row in rows(heading))
    return [(row[0], row[1]) for row in rows(heading)]


def rows(heading: str) -> list[list[str]]:
    """The cells of all tables under a heading of the page, without their heads."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    heads = {place - 1 for place, line in enumerate(lines) if line.startswith("|---")}
    body = [line for place, line in enumerate(lines) if place not in heads and not line.startswith("|---")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in body]
