"""The whole decision rule. An action runs only if

1. no `deny` and no `escalate` fires,
2. at least one `allow` fires,
3. no `confirm` fires (it stops firing once the customer has confirmed exactly this action),
4. every role named by a fired `approve` has approved.

The order of rules chooses which refusal is spoken; it never chooses whether an action runs.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.expression import Scope, Unknown
from deskhand.domain.money import Money
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.policy.policy import Because, Chapter, Condition, Decision, Policy, Rule, RuleEffect, TraceLine

NOBODY: frozenset[str] = frozenset()
NOT_PERMITTED = Deny("default", "I am not allowed to do that.")
Told = list[tuple[Condition, bool | Unknown]]


def decide(
    policy: Policy,
    action: str,
    facts: Mapping[str, Any],
    *,
    currency: str | None = None,
    approved: frozenset[str] = NOBODY,
) -> Decision:
    """Pure: the same policy and facts give the same decision, today and in a replay.

    `facts` are flat (`policy.facts.values_of`); `currency` is the action's own: a limit without an entry for it, and
    money in any other, are unknown. `approved`: roles that have approved. TypeError for a fact that does not fit.
    """
    chapter = policy.chapters.get(action)
    if chapter is None:
        return Decision(NOT_PERMITTED, dump(facts), policy.digest, ())
    scope = chapter.language.scope(_known(chapter, facts, currency))
    fired: list[Rule] = []
    trace: list[TraceLine] = []
    for rule in chapter.rules:
        when, require = _told(rule.when, scope), _told(rule.require, scope)
        fires = _fires(rule, when, require)
        if fires:
            fired.append(rule)
        if fires or rule.effect is RuleEffect.ALLOW:
            failed = [one for one in require if one[1] is not True]
            trace.append(_traced(rule, fires, when + failed, scope.values))
    return Decision(_verdict(fired, approved), dump(facts), policy.digest, tuple(trace))


def dump(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON: money as "29.00 USD", times as ISO 8601, durations in seconds."""
    return {name: _plain(value) for name, value in facts.items()}


def view_digest(decision: Decision) -> str:
    """What an approval binds to: the policy's text and every fact but the clock."""
    facts = {name: value for name, value in decision.facts.items() if name != "now"}
    return digest({"facts": facts, "policy": decision.policy_digest})


def _known(chapter: Chapter, facts: Mapping[str, Any], currency: str | None) -> dict[str, Any]:
    limits = {f"limit.{name}": table.get(currency or "") for name, table in chapter.limits.items()}
    windows = {f"within.{name}": window for name, window in chapter.windows.items()}
    for name in facts:
        if name.startswith(("limit.", "within.")):
            raise TypeError(f"{name} is no fact")
    known = {**facts, **windows, **{name: limit for name, limit in limits.items() if limit is not None}}
    return {name: v for name, v in known.items() if not isinstance(v, Money) or v.currency == currency}


def _told(conditions: Iterable[Condition], scope: Scope) -> Told:
    return [(one, one.expression.holds(scope)) for one in conditions]


def _fires(rule: Rule, when: Told, require: Told) -> bool:
    """What cannot be told counts as "no" in an `allow` and as "fire" in every other rule."""
    if rule.effect is RuleEffect.ALLOW:
        return all(holds is True for _, holds in when)
    concerned = all(holds is not False for _, holds in when)
    return concerned and (not require or any(holds is not True for _, holds in require))


def _verdict(fired: list[Rule], approved: frozenset[str]) -> Verdict:
    def first(*effects: RuleEffect) -> Rule | None:
        return next((rule for rule in fired if rule.effect in effects), None)

    if refusal := first(RuleEffect.DENY, RuleEffect.ESCALATE):
        if refusal.effect is RuleEffect.ESCALATE:
            return Escalate(refusal.id, refusal.who, refusal.say)
        return Deny(refusal.id, refusal.say)
    allowed = first(RuleEffect.ALLOW)
    if allowed is None:
        return NOT_PERMITTED
    if confirm := first(RuleEffect.CONFIRM):
        return Confirm(confirm.id, confirm.say)
    asking = [rule for rule in fired if rule.effect is RuleEffect.APPROVE and rule.who not in approved]
    if asking:
        return Approve(asking[0].id, tuple(dict.fromkeys(rule.who for rule in asking)), asking[0].say)
    return Allow(allowed.id, allowed.say)


def _traced(rule: Rule, fires: bool, told: Told, values: Mapping[str, Any]) -> TraceLine:
    because = tuple(_because(one, holds, values) for one, holds in told)
    return TraceLine(rule.id, rule.file, rule.line, str(rule.effect), fires, because)


def _because(one: Condition, holds: bool | Unknown, values: Mapping[str, Any]) -> Because:
    shown = {name: str(values.get(name, "unknown")) for name in one.expression.names}
    if isinstance(holds, Unknown):
        missing = [name for name in one.expression.names if name not in values]
        return Because(one.line, one.expression.source, f"no {', no '.join(missing)}" if missing else holds.why, shown)
    return Because(one.line, one.expression.source, holds, shown)


def _plain(value: Any) -> Any:
    match value:
        case Money():
            return str(value)
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return value
