"""Rules that cannot fire are refused, and refusals of everything are noted; what cannot be told is not."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.world import SCHEMA, load

from deskhand.domain.errors import DeskFault
from deskhand.domain.money import Money
from deskhand.policy.boundaries import NOW, cases
from deskhand.policy.decide import fires_on
from deskhand.policy.loading import compile_policies
from deskhand.policy.policy import Policy

TABLES = "limits: {low: {USD: 5.00}, high: {USD: 9.00}, yen: {JPY: 7}}\nwindows: {short: 3d, long: 30d}\n"
ALLOW = "  - {id: refunds, on: refund_charge, effect: allow}\n"


def text(*rules: str) -> str:
    head = "    on: refund_charge\n    effect: deny\n    say: No\n"
    numbered = [f"  - id: r{place}\n{head}{rule}" for place, rule in enumerate(rules)]
    return TABLES + "rules:\n" + "".join(numbered) + ALLOW


def block(**conditions: list[str]) -> str:
    out = ""
    for key, each in conditions.items():
        out += f"    {key}:\n" + "".join(f"      - '{one.replace(chr(39), chr(39) * 2)}'\n" for one in each)
    return out


def refused(policy: str) -> bool:
    try:
        load({"f": policy})
    except DeskFault as fault:
        return all("never fires" in one.what for one in fault.faults)
    return False


def noted(policy: str) -> list[str]:
    return [note.what for note in load({"f": policy}).notes if "used by no rule" not in note.what]


@pytest.mark.parametrize(
    ("when", "never"),
    [
        (["charge.disputed", "!charge.disputed"], True),
        (["charge.disputed && !charge.disputed"], True),
        (['customer.tier == "a"', 'customer.tier == "b"'], True),
        (['customer.tier in ["a", "b"]', 'customer.tier == "b"'], False),
        (["customer.tier == channel", "customer.tier != channel"], True),
        (["customer.tier == channel", 'customer.tier == "a"'], False),
        (['stage != "read-only"', 'stage != "assisted"', 'stage != "autonomous"'], True),
        (['stage != "read-only"', 'stage != "assisted"'], False),
        (["refund.amount > limit.high", "refund.amount < limit.low"], True),
        (["refund.amount > limit.low", "refund.amount < limit.high"], False),
        (["refund.amount > 7", "refund.amount < 8"], True),
        (["refund.amount >= 7", "refund.amount < 8"], False),
        (["now - charge.created_at < within.short", "now - charge.created_at > within.long"], True),
        (["now - charge.created_at > within.short", "now - charge.created_at < within.long"], False),
        (["charge.duplicate_gap < within.short", "charge.duplicate_gap > within.long"], True),
        (["refund.amount - charge.refunded == 12"], False),
        # no currency has both limits, and what cannot be exhausted: nothing is said
        (["refund.amount > limit.low", "refund.amount < limit.yen"], False),
        (['customer.tier.startsWith("a")', 'customer.tier.startsWith("b")'], False),
        (["refund.amount * 2 == 3"], False),
        (["refund.amount + charge.amount == 10", "refund.amount - charge.amount == 4"], False),
    ],
)
def test_a_rule_that_no_case_makes_fire_is_refused(when: list[str], never: bool) -> None:
    assert refused(text(block(when=when))) is never


@pytest.mark.parametrize(
    ("rules", "note"),
    [
        ([block(when=["true"])], "refund_charge: r0 refuses every case"),
        ([""], "refund_charge: r0 refuses every case"),
        ([block(when=["charge.disputed"]), block(require=["charge.disputed"])], "r0 and r1 together refuse every case"),
        ([block(when=["charge.disputed"]), block(require=["ticket.verified"])], ""),
    ],
)
def test_an_action_whose_every_case_is_refused_is_noted(rules: list[str], note: str) -> None:
    found = [what for what in noted(text(*rules)) if what.startswith("refund_charge")]

    assert len(found) == bool(note)
    assert note in "".join(found)


def test_an_allow_that_is_always_refused_is_noted_with_the_rule_that_refuses() -> None:
    policy = text(block(require=["ticket.verified"]))
    policy = policy.replace("effect: allow}", 'effect: allow, when: ["!ticket.verified"]}')

    assert "refunds: whenever it allows refund_charge, r0 refuses it; change one of the two" in noted(policy)


def test_what_is_defined_and_never_used_is_noted_with_its_line() -> None:
    policy = "roles: [lead]\nqueues: [risk]\nlimits: {most: {USD: 1.00}}\nwindows:\n  long: 2w\nrules:\n" + ALLOW

    assert {(note.line, note.what) for note in load({"f": policy}).notes if "used" in note.what} == {
        (1, "role lead is used by no rule; use it or remove it"),
        (2, "queue risk is used by no rule; use it or remove it"),
        (3, "limit most is used by no rule; use it or remove it"),
        (5, "window long is used by no rule; use it or remove it"),
    }


ATOMS = st.sampled_from(
    [
        "charge.disputed",
        "!charge.disputed",
        'customer.tier == "a"',
        'customer.tier != "b"',
        'stage == "assisted"',
        'stage in ["autonomous", "assisted"]',
        "refund.amount > limit.low",
        "refund.amount <= limit.low",
        "refund.amount >= limit.high",
        "refund.amount == 7",
        "charge.amount - charge.refunded >= refund.amount",
        "now - charge.created_at <= within.short",
        "now - charge.created_at > within.long",
        "charge.duplicate_gap <= within.short",
    ]
)
VALUES = st.fixed_dictionaries(
    {
        "charge.disputed": st.booleans(),
        "customer.tier": st.sampled_from(["a", "b", "c", ""]),
        "stage": st.sampled_from(["read-only", "assisted", "autonomous"]),
        "refund.amount": st.integers(-2000, 2000),
        "charge.amount": st.integers(-2000, 2000),
        "charge.refunded": st.integers(-2000, 2000),
        "age": st.integers(-100, 4000),
        "gap": st.integers(0, 4000),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ATOMS, min_size=1, max_size=4, unique=True), st.integers(0, 4), VALUES)
def test_what_is_refused_as_never_firing_is_fired_by_no_facts_at_all(
    atoms: list[str], cut: int, values: dict[str, object]
) -> None:
    parts = {"when": atoms[:cut], "require": atoms[cut:]}
    policy = compile_policies({"f": text(block(**{key: part for key, part in parts.items() if part}))}, SCHEMA)
    chapter = policy.chapters["refund_charge"]
    rule = chapter.rules[0]
    tried = cases(chapter, (rule,))
    never = tried is not None and not any(fires_on(rule, chapter.language.scope(case)) for case in tried)
    facts: dict[str, object] = {name: value for name, value in values.items() if name not in ("age", "gap")}
    facts |= {name: Money(value, "USD") for name, value in facts.items() if type(value) is int}
    facts["now"], hours = NOW, timedelta(hours=1)
    facts["charge.created_at"] = NOW - hours * int(str(values["age"]))
    facts["charge.duplicate_gap"] = hours * int(str(values["gap"]))
    facts |= fixed(policy)

    assert not (never and fires_on(rule, chapter.language.scope(facts)))


def fixed(policy: Policy) -> dict[str, object]:
    chapter = policy.chapters["refund_charge"]
    limits = {f"limit.{name}": table["USD"] for name, table in chapter.limits.items() if "USD" in table}
    return {**limits, **{f"within.{name}": length for name, length in chapter.windows.items()}}
