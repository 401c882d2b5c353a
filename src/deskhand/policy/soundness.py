"""What a policy cannot mean, though each line of it can be read: rules that never fire, and refusals of everything."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from deskhand.domain.errors import Fault
from deskhand.policy.boundaries import cases
from deskhand.policy.decide import fires_on
from deskhand.policy.policy import Chapter, Rule, RuleEffect

REFUSALS = (RuleEffect.DENY, RuleEffect.ESCALATE)


def never_firing(chapters: Mapping[str, Chapter]) -> Iterator[tuple[str, Rule, str]]:
    """(action, rule, what is wrong): rules that no case of known facts makes fire."""
    for action, chapter in chapters.items():
        for rule in chapter.rules:
            if rule.conditions and _none(chapter, (rule,), lambda fires: fires[0]):
                yield action, rule, f"{rule.id}: {_why_never(rule)}"


def always_refused(chapters: Mapping[str, Chapter]) -> Iterator[Fault]:
    """Notes on actions that are allowed by one rule and refused by others, whatever the case."""
    for action, chapter in chapters.items():
        allows = [rule for rule in chapter.rules if rule.effect is RuleEffect.ALLOW]
        refusals = [rule for rule in chapter.rules if rule.effect in REFUSALS]
        if allows:
            yield from _refused(action, chapter, allows, refusals)


def _refused(action: str, chapter: Chapter, allows: list[Rule], refusals: list[Rule]) -> Iterator[Fault]:
    for rule in refusals:
        if not rule.conditions or _none(chapter, (rule,), lambda fires: not fires[0]):
            what = f"{action}: {rule.id} refuses every case, so no other rule on it matters; give it a condition"
            yield Fault(rule.file, rule.line, what)
            return
    for one, other in combinations(refusals, 2):
        if _share(one, other) and _none(chapter, (one, other), lambda fires: not any(fires)):
            what = f"{action}: {one.id} and {other.id} together refuse every case; loosen one of them"
            yield Fault(other.file, other.line, what)
            return
    for allow in allows:
        for rule in refusals:
            shared = _share(allow, rule)
            if shared and _none(chapter, (allow, rule), lambda fires: fires[0] and not fires[1]):
                what = f"{allow.id}: whenever it allows {action}, {rule.id} refuses it; change one of the two"
                yield Fault(allow.file, allow.line, what)


def _none(chapter: Chapter, rules: tuple[Rule, ...], so: Any) -> bool:
    """Whether it is so in no case at all. False where the cases cannot be exhausted."""
    tried = cases(chapter, rules)
    if tried is None:
        return False
    seen = False
    for case in tried:
        seen = True
        scope = chapter.language.scope(case)
        if so([fires_on(rule, scope) for rule in rules]):
            return False
    return seen


def _share(one: Rule, other: Rule) -> bool:
    names = [{name for each in rule.conditions for name in each.expression.names} for rule in (one, other)]
    return bool(names[0] & names[1])


def _why_never(rule: Rule) -> str:
    if rule.when and rule.require:
        return (
            "never fires: whenever its `when` holds, its `require` holds as well. Leave out what both say, or mend one"
        )
    if rule.require:
        return "never fires: its `require` always holds. Write what can fail, or remove the rule"
    return "never fires: its conditions cannot all hold at once. Mend one of them, or make two rules of it"
