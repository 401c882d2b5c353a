"""What a policy permits, as the oracle says it; and the test policy with other rules."""

from dataclasses import replace
from typing import Any

from tests.policy.oracle import Runs
from tests.policy.world import POLICY

from deskhand.domain.verdict import Allow, Approve
from deskhand.policy.decide import decide
from deskhand.policy.policy import Policy, Rule


def runs(policy: Policy, action: str, facts: dict[str, Any], currency: str | None) -> Runs:
    match decide(policy, action, facts, currency=currency).verdict:
        case Allow():
            return frozenset()
        case Approve(_, by):
            return frozenset(by)
        case _:
            return None


def with_rules(action: str, rules: list[Rule]) -> Policy:
    chapter = replace(POLICY.chapters[action], rules=tuple(rules))
    return replace(POLICY, chapters={**POLICY.chapters, action: chapter})
