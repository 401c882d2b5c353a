"""The loaded policy and an oracle in plain Python answer alike on hostile facts, and each small change is noticed."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest
from tests.execution.test_hostile import lumen

from deskhand.domain.expression import Faulty
from deskhand.domain.money import Money
from deskhand.entrypoints.hostile import rules
from deskhand.entrypoints.hostile.comparing import by_oracle, by_policy, compare
from deskhand.entrypoints.hostile.fact_sets import OF, Asked, asked
from deskhand.entrypoints.hostile.rules.oracle import CUSTOMER, NOBODY, RULES, RUNS, wanted
from deskhand.policy.policy import BUILT_IN, Chapter, Condition, Rule, RuleEffect

SETS, SEEDS = 30_000, 3
ENOUGH = 4_000  # sets of facts of one action, among which every change of its rules is noticed
ACTIONS = sorted(OF)
# These cannot be seen: another rule says no wherever they would matter.
UNSEEN = {
    "refund_charge": ("alone in JPY too", "month in JPY too"),
    "credit_customer": ("credit_alone in JPY too", "credit_month in JPY too"),
    "take_back_credit": ("a-person-has-it: ",),
}
NOT_THEIRS = {"crm_update_contact", "crm_add_note", "crm_add_task"}  # Lumen has no CRM: no rule of theirs allows one
STEP = timedelta(microseconds=1)
SWAPS = (
    (" <= ", " < "),
    (" < ", " <= "),
    (" > ", " >= "),
    (" >= ", " > "),
    (" == ", " != "),
    (" != ", " == "),
    (" || ", " && "),
    (" + ", " - "),
    (" - ", " + "),
    (".exists(", ".all("),
    (".all(", ".exists("),
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_policy_and_oracle_answer_alike(seed: int) -> None:
    result = compare(lumen().policy, seed, 0, SETS // SEEDS)

    assert result.told == []
    assert result.decided.total() == SETS // SEEDS
    assert set(result.decided) == set(RULES) == set(lumen().policy.chapters) - NOT_THEIRS
    said = {answer for _, answer in result.answers}
    assert said >= {RUNS, NOBODY, CUSTOMER, wanted(["agent"]), wanted(["team_lead", "account_manager"])}
    assert min(result.answers[action, RUNS] for action in RULES) > 5, result.answers
    assert min(result.answers[action, NOBODY] for action in RULES) > 5, result.answers


@pytest.mark.parametrize("action", ACTIONS)
def test_every_small_change_of_the_policy_is_noticed(action: str) -> None:
    survivors, tried = [], 0
    for what, changed in changes(lumen().policy.chapters[action]):
        if what.startswith(UNSEEN.get(action, ("-",))):
            continue
        tried += 1
        policy = replace(lumen().policy, chapters={action: changed})
        if all(by_policy(policy, one) == right for one, right in sample(action)):
            survivors.append(what)

    assert survivors == []
    assert tried >= 3


def test_the_oracle_knows_nothing_of_what_it_judges() -> None:
    folder = Path(str(rules.__file__)).parent
    trees = [ast.parse(file.read_text("utf-8")) for file in folder.glob("*.py")]
    known = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    known |= {
        one.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }

    ours = {str(name) for name in known if str(name).startswith("deskhand")}
    assert {name for name in ours if not name.startswith(rules.__name__)} == {"deskhand.domain.money"}


def changes(chapter: Chapter) -> Iterator[tuple[str, Chapter]]:
    """Without a rule, or one condition; with another effect, comparison, word, number, limit or window."""
    for at, rule in enumerate(chapter.rules):
        for what, others in _changed(rule, chapter):
            yield f"{rule.id}: {what}", replace(chapter, rules=(*chapter.rules[:at], *others, *chapter.rules[at + 1 :]))
    for name, table in chapter.limits.items():
        if f"limit.{name}" not in chapter.names:
            continue
        for currency, amount in table.items():
            for step in (-1, 1):
                other = {**table, currency: Money(amount.minor + step, currency)}
                yield f"{name} {other[currency]}", replace(chapter, limits={**chapter.limits, name: other})
        more = {**table, "JPY": Money(10**6, "JPY")}
        yield f"{name} in JPY too", replace(chapter, limits={**chapter.limits, name: more})
    for name, window in chapter.windows.items():
        if f"within.{name}" not in chapter.names:
            continue
        for other_window in (window - STEP, window + STEP):
            windows = MappingProxyType({**chapter.windows, name: other_window})
            yield f"{name} {other_window}", replace(chapter, windows=windows)


def _changed(rule: Rule, chapter: Chapter) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    yield "gone", ()
    if rule.effect is not RuleEffect.ALLOW and rule.file != BUILT_IN:
        yield "only allows", (replace(rule, effect=RuleEffect.ALLOW, when=(), require=()),)
    if rule.effect is RuleEffect.APPROVE:
        yield "by somebody else", (replace(rule, who="somebody"),)
    if rule.effect is RuleEffect.APPROVE and rule.file != BUILT_IN:
        yield "by two", (replace(rule, count=2),)
        yield "by others", (replace(rule, four_eyes=True),)
    for key in ("when", "require"):
        conditions: tuple[Condition, ...] = getattr(rule, key)
        for at, condition in enumerate(conditions):
            before, after = conditions[:at], conditions[at + 1 :]
            yield f"without {condition.expression.source}", (_with(rule, key, before + after),)
            for text in _respelt(condition.expression.source):
                try:
                    other = replace(condition, expression=chapter.language.compile(text))
                except Faulty:
                    continue
                yield text, (_with(rule, key, (*before, other, *after)),)


def _with(rule: Rule, key: str, conditions: tuple[Condition, ...]) -> Rule:
    return replace(rule, when=conditions) if key == "when" else replace(rule, require=conditions)


def _respelt(source: str) -> Iterator[str]:
    for old, new in SWAPS:
        for found in re.finditer(re.escape(old), source):
            yield source[: found.start()] + new + source[found.end() :]
    for found in re.finditer(r"(?<![\w.\"])\d+", source):
        for step in (-1, 1):
            yield f"{source[: found.start()]}{int(found[0]) + step}{source[found.end() :]}"
    for found in re.finditer(r'"[^"]*"', source):
        yield f'{source[: found.start()]}"another word"{source[found.end() :]}'
    if re.fullmatch(r"!?[a-z_.]+", source):
        yield source[1:] if source.startswith("!") else f"!{source}"


@cache
def sample(action: str) -> list[tuple[Asked, str]]:
    """The same sets for every change, with what the oracle says."""
    dice = Random(f"changes of {action}")
    questions = [asked(dice, action) for _ in range(ENOUGH)]
    return [(one, by_oracle(one)) for one in questions]
