"""Escalation: people take over by written thresholds, and tests show each of these rules at work."""

from collections.abc import Mapping

from deskhand.bootstrap.folder.files import policy_tests
from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.golive.item import Item, found
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import coverage, try_cases
from deskhand.policy.policy import Rule, RuleEffect
from deskhand.settings import Settings

TURN = "turn"
# By what the guide wants a threshold for, the facts that such a rule asks.
WANTED: Mapping[str, tuple[str, ...]] = {
    "sentiment": ("signal.sentiment", "signal.rising", "signal.churn_risk"),
    "complexity": ("talk.", "signal.confidence", "predicted.percent"),
    "policy": ("signal.risks",),
    "tier": ("customer.tier",),
}


def escalation(settings: Settings, folder: Folder) -> Item:
    chapter = folder.policy.chapters.get(TURN)
    rules = [one for one in (chapter.rules if chapter else ()) if one.effect is RuleEffect.ESCALATE]
    tried = try_cases(folder.policy, load_cases(policy_tests(settings.folder), folder.policy))
    shown = {id for id, count in coverage(folder.policy, tried).rules.items() if count.fired}
    failed = [one.case.name for one in tried if one.wrong]
    seen, lacks = [], [f"The test {name} of the policy fails." for name in failed]
    for what, facts in WANTED.items():
        asking = [one for one in rules if _asks(one, facts)]
        proven = [one.id for one in asking if one.id in shown]
        if proven:
            seen.append(f"By {what}: {', '.join(proven)}.")
        elif asking:
            lacks.append(f"By {what}: no test makes {', '.join(one.id for one in asking)} fire.")
        else:
            lacks.append(f"By {what}: no rule hands over.")
    return found("escalation", seen, lacks, "Write the rules and their tests in policies/, then: deskhand policy test")


def _asks(rule: Rule, facts: tuple[str, ...]) -> bool:
    return any(name.startswith(facts) for one in rule.conditions for name in one.expression.names)
