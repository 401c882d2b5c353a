"""Tests of a policy, run: what came of each, and which rules they make fire."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from deskhand.policy.case_file import PolicyCase
from deskhand.policy.decide import decide
from deskhand.policy.policy import BUILT_IN, Decision, Policy
from deskhand.policy.recorded import Answer, answer


@dataclass(frozen=True)
class Tried:
    """One test and what was decided. `wrong` is empty when that is what it expects."""

    case: PolicyCase
    decision: Decision
    wrong: str


@dataclass
class RuleCount:
    """How often a rule fired, did not fire, and spoke: gave the verdict. `always`: it has no condition."""

    id: str
    file: str
    line: int
    always: bool
    fired: int = 0
    kept_still: int = 0
    spoke: int = 0

    @property
    def wants(self) -> str:
        """What no case shows yet; empty when the rule is covered."""
        missing = [] if self.fired else ["made to fire"]
        missing += [] if self.kept_still or self.always else ["kept from firing"]
        return f"never {' nor '.join(missing)}" if missing else ""


@dataclass
class Coverage:
    rules: dict[str, RuleCount] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> "Coverage":
        """Every rule of the policy's own files, in the order of files and lines, none of them seen yet."""
        rules = (rule for chapter in policy.chapters.values() for rule in chapter.rules)
        found = {rule.id: rule for rule in rules if rule.file != BUILT_IN}
        ordered = sorted(found.values(), key=lambda rule: (rule.file, rule.line))
        return cls({one.id: RuleCount(one.id, one.file, one.line, not one.conditions) for one in ordered})

    def add(self, policy: Policy, decision: Decision) -> None:
        """Count a decision of `policy`; rules that this coverage does not know are left out."""
        fired = {line.rule for line in decision.trace if line.fired}
        chapter = policy.chapters.get(decision.action)
        for rule in chapter.rules if chapter else ():
            if count := self.rules.get(rule.id):
                count.fired += rule.id in fired
                count.kept_still += rule.id not in fired
                count.spoke += rule.id == decision.verdict.rule

    @property
    def lacking(self) -> list[RuleCount]:
        return [one for one in self.rules.values() if one.wants]


def try_cases(policy: Policy, cases: Iterable[PolicyCase]) -> list[Tried]:
    return [_tried(policy, case) for case in cases]


def coverage(policy: Policy, tried: Iterable[Tried]) -> Coverage:
    found = Coverage.of(policy)
    for one in tried:
        found.add(policy, one.decision)
    return found


def decide_case(policy: Policy, case: PolicyCase) -> Decision:
    return decide(policy, case.action, case.facts, currency=case.currency, approved=case.approved, own=case.own)


def _tried(policy: Policy, case: PolicyCase) -> Tried:
    decision = decide_case(policy, case)
    got = answer(decision.verdict)
    fits = (case.effect, case.rule) == (got.effect, got.rule)
    fits = fits and (case.who is None or sorted(case.who) == sorted(got.who))
    expected = Answer(case.effect, case.rule, case.who or ())
    return Tried(case, decision, "" if fits else f"expected {expected}, got {got}")
