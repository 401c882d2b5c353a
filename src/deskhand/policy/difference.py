"""Two policies compared: their rules as they are written, and what each would decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.policy.case_file import PolicyCase
from deskhand.policy.cases import decide_case
from deskhand.policy.policy import Policy, Rule
from deskhand.policy.recorded import Answer, Record, again, answer

EXAMPLES = 5  # of each difference, so that a table stays readable


@dataclass(frozen=True)
class RuleChange:
    """`how` is added, removed or changed; `what` names the parts that changed."""

    name: str
    how: str
    what: tuple[str, ...] = ()


@dataclass
class Difference:
    """Decisions that come out otherwise in one way, and where. `examples` are tickets with lines, or names of tests."""

    action: str
    was: Answer
    now: Answer
    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Differences:
    """`compared`: how many decisions were looked at; `unrecorded`: facts that a rule asks for and records lack."""

    compared: int = 0
    found: dict[tuple[str, Answer, Answer], Difference] = field(default_factory=dict)
    unrecorded: dict[str, int] = field(default_factory=dict)

    def add(self, action: str, was: Answer, now: Answer, where: str, unrecorded: Iterable[str] = ()) -> None:
        self.compared += 1
        for name in unrecorded:
            self.unrecorded[name] = self.unrecorded.get(name, 0) + 1
        if was != now:
            one = self.found.setdefault((action, was, now), Difference(action, was, now))
            one.count += 1
            if len(one.examples) < EXAMPLES:
                one.examples.append(where)

    @property
    def changed(self) -> int:
        return sum(one.count for one in self.found.values())

    @property
    def most_first(self) -> list[Difference]:
        return sorted(self.found.values(), key=lambda one: -one.count)


def compare_records(old: Policy, new: Policy, records: Iterable[tuple[str, Record]]) -> Differences:
    """Recorded facts decided by both; each comes with a word on where it is from."""
    found = Differences()
    for where, one in records:
        now = again(new, one)
        found.add(one.action, again(old, one).answer, now.answer, where, now.unrecorded)
    return found


def compare_cases(old: Policy, new: Policy, cases: Iterable[PolicyCase]) -> Differences:
    found = Differences()
    for case in cases:
        was, now = (answer(decide_case(each, case).verdict) for each in (old, new))
        found.add(case.action, was, now, case.name)
    return found


def rule_changes(old: Policy, new: Policy) -> list[RuleChange]:
    """Rules, limits and windows that one has and the other has not, or has otherwise."""
    before, after = _parts(old), _parts(new)
    changes = [RuleChange(name, "removed") for name in before if name not in after]
    for name, parts in after.items():
        if name not in before:
            changes.append(RuleChange(name, "added"))
        elif what := tuple(key for key, value in parts.items() if before[name].get(key) != value):
            changes.append(RuleChange(name, "changed", what))
    return changes


def _parts(policy: Policy) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for action, chapter in policy.chapters.items():
        for rule in chapter.rules:
            found.setdefault(f"rule {rule.id}", {**_written(rule), "on": ()})["on"] += (action,)
        for name, amounts in chapter.limits.items():
            found[f"limit {name}"] = {currency: amount.minor for currency, amount in amounts.items()}
        for name, length in chapter.windows.items():
            found[f"window {name}"] = {"length": length}
    return found


def _written(rule: Rule) -> dict[str, Any]:
    return {
        "effect": rule.effect,
        "when": tuple(one.expression.source for one in rule.when),
        "require": tuple(one.expression.source for one in rule.require),
        "say": rule.say,
        "by or to": rule.who,
        "count": rule.count,
        "four_eyes": rule.four_eyes,
    }
