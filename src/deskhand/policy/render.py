"""A policy as plain English in Markdown: action by action, who may, what needs whom, and where it is written."""

from deskhand.domain.verdict import in_words
from deskhand.policy.english import in_english, length_in_words
from deskhand.policy.policy import BUILT_IN, Chapter, Condition, Policy, Rule, RuleEffect
from deskhand.policy.rule_text import TURN

HEAD = """# What the assistant may do

An action is done only if nothing below refuses it or hands it to people, something allows it, the customer has said yes
where that is wanted, and everybody whose approval is wanted has approved. **What is not known never allows anything:**
a refusal, a handover, a yes or an approval also holds where a fact that it hangs on is not known.
"""
PARTS = {
    RuleEffect.DENY: "It is refused",
    RuleEffect.ESCALATE: "People take over",
    RuleEffect.CONFIRM: "The customer must say yes",
    RuleEffect.APPROVE: "People must approve",
    RuleEffect.ALLOW: "It may be done",
}


def render(policy: Policy) -> str:
    """The same text for the same policy. It ends with the digest that every recorded decision names."""
    parts = [HEAD]
    for action, chapter in policy.chapters.items():
        parts.append(_chapter(action, chapter))
    parts.append(f"Policy text: `{policy.digest}`\n")
    return "\n".join(parts)


def _chapter(action: str, chapter: Chapter) -> str:
    about = ", asked for every message before the assistant may answer" if action == TURN else ""
    out = [f"## `{action}`{about}\n"]
    if not any(rule.effect is RuleEffect.ALLOW for rule in chapter.rules):
        return "\n".join([*out, "No rule allows it: it is never done.\n"])
    for effect, title in PARTS.items():
        rules = [rule for rule in chapter.rules if rule.effect is effect]
        if rules:
            out += [f"### {title}\n", *(_rule(rule, chapter) for rule in rules), ""]
    named = set(chapter.names)
    limits = {name: amounts for name, amounts in chapter.limits.items() if f"limit.{name}" in named}
    windows = {name: length for name, length in chapter.windows.items() if f"within.{name}" in named}
    if limits or windows:
        out.append("### Limits\n")
        for name, amounts in limits.items():
            out.append(f"- `{name}`: {', '.join(map(str, amounts.values()))}; unknown in any other currency")
        out += [f"- `{name}`: {length_in_words(length)}" for name, length in windows.items()]
        out.append("")
    return "\n".join(out)


def rule_in_words(rule: Rule, chapter: Chapter) -> str:
    """What it does and in which case, as a sentence."""
    return f"{_what(rule)}{_case(rule, chapter)}."


def _rule(rule: Rule, chapter: Chapter) -> str:
    where = rule.file if rule.file == BUILT_IN else f"{rule.file}:{rule.line}"
    said = f" The customer reads: “{rule.say}”" if rule.say else ""
    return f"- {rule_in_words(rule, chapter)}{said} ({rule.id}, {where})"


def _what(rule: Rule) -> str:
    match rule.effect:
        case RuleEffect.DENY:
            return "Refused"
        case RuleEffect.ESCALATE:
            return f"Goes to the queue {rule.who}"
        case RuleEffect.CONFIRM:
            return "Asked for"
        case RuleEffect.APPROVE:
            apart = ", none of whom asked for it" if rule.four_eyes else ""
            return f"By {in_words((rule.who,) * rule.count)}{apart}"
        case RuleEffect.ALLOW:
            return "Allowed"


def _case(rule: Rule, chapter: Chapter) -> str:
    out = f" if {_all(rule.when, chapter)}" if rule.when else ""
    if rule.require:
        return f"{out}, unless {_all(rule.require, chapter)}" if out else f" unless {_all(rule.require, chapter)}"
    return out or ", in every case"


def _all(conditions: tuple[Condition, ...], chapter: Chapter) -> str:
    words = [in_english(one, chapter) for one in conditions]
    return f"all of this holds: {'; '.join(words)}" if len(words) > 1 else words[0]
