"""The whole decision rule. An action runs only if

1. no `deny` and no `escalate` fires,
2. at least one `allow` fires,
3. no `confirm` fires (it stops firing once the customer has confirmed exactly this action),
4. as many people of each role as a fired `approve` names have approved.

The order of rules chooses which refusal is spoken; it never chooses whether an action runs.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.expression import Scope, Unknown
from deskhand.domain.money import Money
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.policy.policy import (
    BUILT_IN,
    TABLES,
    Because,
    Chapter,
    Condition,
    Decision,
    Policy,
    Rule,
    RuleEffect,
    TraceLine,
)

NOBODY: tuple[str, ...] = ()
NOT_PERMITTED = Deny("default", "I am not allowed to do that.")
Told = list[tuple[Condition, bool | Unknown]]


def decide(
    policy: Policy,
    action: str,
    facts: Mapping[str, Any],
    *,
    currency: str | None = None,
    approved: Collection[str] = NOBODY,
    own: str = "",
) -> Decision:
    """Pure: the same policy and facts give the same decision, today and in a replay.

    `facts` are flat (`policy.facts.values_of`); `currency` is the action's own: a limit without an entry for it, and
    money in any other, are unknown. `approved`: the roles that have approved, one for each person; `own`: the role in
    which a person asked for the action, whose click counts as one approval except where a rule wants four eyes.
    TypeError for a fact that does not fit.
    """
    chapter = policy.chapters.get(action)
    if chapter is None:
        verdict: Verdict = NOT_PERMITTED
        return Decision(verdict, dump(facts), policy.digest, (), action, currency, tuple(approved), own)
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
    verdict = _verdict(fired, approved, own)
    return Decision(verdict, dump(facts), policy.digest, tuple(trace), action, currency, tuple(approved), own)


def fires_on(rule: Rule, scope: Scope) -> bool:
    """Whether this rule alone fires on these values."""
    return _fires(rule, _told(rule.when, scope), _told(rule.require, scope))


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
        if name.startswith(TABLES):
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


def _verdict(fired: list[Rule], approved: Collection[str], own: str) -> Verdict:
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
    wanting = [rule for rule in fired if rule.effect is RuleEffect.APPROVE]
    written = [rule for rule in wanting if rule.file != BUILT_IN]
    wanting = written or wanting  # the built-in one wants somebody to look, whoever it is
    if wanting and (asking := _approval(wanting, Counter(approved), own)):
        return asking
    return Allow(allowed.id, allowed.say)


def _approval(wanting: list[Rule], others: Counter[str], own: str) -> Approve | None:
    """Who is still wanted: of each role as many people as the rule that wants most."""
    missing: Counter[str] = Counter()
    unmet = []
    for rule in wanting:
        given = others[rule.who] + (own == rule.who and not rule.four_eyes)
        if given < rule.count:
            unmet.append(rule)
            missing[rule.who] = max(missing[rule.who], rule.count - given)
    if not unmet:
        return None
    four_eyes = any(rule.four_eyes for rule in unmet)
    return Approve(unmet[0].id, tuple(missing.elements()), unmet[0].say, four_eyes)


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
