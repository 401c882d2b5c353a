"""The YAML means what the oracle says in Python, and the comparison notices every small change of the YAML."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from tests.policy.oracle import Runs, may_answer, may_refund
from tests.policy.permits import runs, with_rules
from tests.policy.world import POLICY, REFUND_YAML, load, some_message, some_refund

from deskhand.domain.errors import DeskFault
from deskhand.policy.facts import values_of
from deskhand.policy.policy import Policy

Case = tuple[str, dict[str, Any], str | None, Runs]


def sample(count: int) -> Iterator[Case]:
    random = Random(1)
    for _ in range(count):
        refund, message = some_refund(random), some_message(random)
        yield "refund_charge", values_of(refund), refund.refund.currency, may_refund(refund)
        yield "turn", values_of(message), None, may_answer(message)


SAMPLE = list(sample(4000))


def differs(policy: Policy) -> Case | None:
    """The first case on which policy and oracle disagree."""
    return next((case for case in SAMPLE if runs(policy, *case[:3]) != case[3]), None)


def test_the_policy_agrees_with_the_oracle() -> None:
    assert differs(POLICY) is None


def test_the_sample_sees_every_rule_of_the_policy_alone_in_the_way() -> None:
    survivors = [what for what, policy in smaller_policies() if differs(policy) is None]

    assert survivors == []


SWAPS = [
    (" <= ", " < "),
    (" > ", " >= "),
    (" >= ", " > "),
    (" == ", " != "),
    (" != ", " == "),
    (" || ", " && "),
    ("when:", "require:"),
    ("require:", "when:"),
    ("USD: ", "USD: 1"),
    ("EUR: ", "EUR: 1"),
    (".00,", ".01,"),
    (".00}", ".01}"),
    ("30d", "31d"),
    ("72h", "73h"),
    ("effect: approve", "effect: allow"),
    ("effect: confirm", "effect: allow"),
]


def test_the_oracle_or_the_loader_notices_every_changed_line() -> None:
    survivors, tried = [], 0
    for what, text in changed_texts():
        tried += 1
        try:
            policy = load({"refund.yaml": text})
        except DeskFault:
            continue
        if differs(policy) is None:
            survivors.append(what)

    assert survivors == []
    assert tried > 50


def smaller_policies() -> Iterator[tuple[str, Policy]]:
    """Without a rule, and without one condition of a rule."""
    for action in ("refund_charge", "turn"):
        rules = list(POLICY.chapters[action].rules)
        for at, rule in enumerate(rules):
            yield f"{action} without {rule.id}", with_rules(action, rules[:at] + rules[at + 1 :])
            for key in ("when", "require"):
                conditions = getattr(rule, key)
                for gone in range(len(conditions)):
                    less = replace(rule, **{key: conditions[:gone] + conditions[gone + 1 :]})
                    what = f"{action} without {rule.id}: {conditions[gone].expression.source}"
                    yield what, with_rules(action, [*rules[:at], less, *rules[at + 1 :]])


def changed_texts() -> Iterator[tuple[str, str]]:
    lines = REFUND_YAML.splitlines(keepends=True)
    for at, line in enumerate(lines):
        for old, new in SWAPS:
            for match in re.finditer(re.escape(old), line):
                changed = line[: match.start()] + new + line[match.end() :]
                yield f"line {at + 1}: {changed.strip()}", "".join([*lines[:at], changed, *lines[at + 1 :]])
