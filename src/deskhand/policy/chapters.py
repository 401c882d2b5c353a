"""The rules on each action, with conditions checked against the facts of that action."""

import re
from collections.abc import Mapping
from datetime import timedelta

from deskhand.domain.expression import Expression, Faulty, Language
from deskhand.domain.lined_yaml import Text
from deskhand.domain.money import Money
from deskhand.policy.facts import ActionSchema
from deskhand.policy.faults import Faults
from deskhand.policy.nearest import meant, one_of
from deskhand.policy.policy import BUILT_IN, Chapter, Condition, Rule, RuleEffect
from deskhand.policy.policy_file import PolicyFile
from deskhand.policy.rule_text import EVERY, RuleText

OPINIONS = "signal."
# Rights and money of people are not taken by a machine alone: no policy file can leave this rule out.
ADVERSE = (Rule("adverse", BUILT_IN, 0, RuleEffect.APPROVE, (), (), "A colleague has to look at this first.", "agent"),)
UNKNOWN = re.compile(r"undeclared reference to '([^']+)'")
FACTS_PAGE = "; see the facts in docs/policies.md, and define limits and windows in the file"
LENGTHS = frozenset({"duration", "timestamp"})
ADVICE = {  # by what the engine says, how it is mended
    "(int, double)": "; amounts and counts are compared with whole numbers, or with a limit",
    "(int, string)": "; a text in quotes is compared with texts only: amounts are compared with a limit",
    "no matching overload": "; both sides of a comparison are of one type: see the facts in docs/policies.md",
    "not true or false": "; a condition compares: write `==`, `<=` or `in` and what it is compared with",
    "Syntax error": "; see the conditions in docs/procedures.md",
}
NOT_HERE = "an opinion may stand only in the `when` of a rule that restricts"


class Chapters:
    """Makes chapters out of `files`, those that cover all first; what does not compile is added to `faults`."""

    def __init__(self, files: list[PolicyFile], faults: Faults):
        self._files, self._faults = files, faults

    def chapter(self, action: str, schema: ActionSchema) -> Chapter:
        files = [file for file in self._files if file.covers_all or action in file.named()]
        limits = {name: limit.amounts for file in files for name, limit in file.limits.items()}
        windows = {name: window.length for file in files for name, window in file.windows.items()}
        types = {**schema.types, **_typed("limit", limits, Money), **_typed("within", windows, timedelta)}
        full = Language(types)
        hard = Language({name: kind for name, kind in types.items() if not name.startswith(OPINIONS)})
        compiling = _Compiling(action, full, hard, self._faults)
        rules = (
            compiling.rule(rule, file.name)
            for file in files
            for rule in file.rules
            if action in rule.on or EVERY in rule.on
        )
        return Chapter(full, (*(ADVERSE if schema.adverse else ()), *rules), limits, windows)


class _Compiling:
    def __init__(self, action: str, full: Language, hard: Language, faults: Faults):
        self._action, self._full, self._hard, self._faults = action, full, hard, faults

    def rule(self, rule: RuleText, file: str) -> Rule:
        opinions = rule.effect is not RuleEffect.ALLOW  # an opinion may start a restriction, and nothing else
        when = self._conditions(rule, rule.when, file, opinions=opinions)
        require = self._conditions(rule, rule.require, file, opinions=False)
        who = str(rule.who or "")
        return Rule(
            str(rule.id), file, rule.line, rule.effect, when, require, rule.say, who, rule.count, rule.four_eyes
        )

    def _conditions(
        self, rule: RuleText, sources: tuple[Text, ...], file: str, *, opinions: bool
    ) -> tuple[Condition, ...]:
        found = []
        for source in sources:
            try:
                found.append(Condition(source.line, self._expression(source, opinions)))
            except Faulty as fault:
                self._faults.add(file, source.line, f"{rule.id}: {fault}{self._mending(str(fault))}", self._action)
        return tuple(found)

    def _mending(self, fault: str) -> str:
        unknown = UNKNOWN.search(fault)
        if unknown is None or NOT_HERE in fault:
            return next((advice for sign, advice in ADVICE.items() if sign in fault), "")
        name = unknown[1]
        if name in LENGTHS:
            return "; lengths of time stand in `windows`, and conditions name them as `within.<name>`"
        group, _, _ = name.partition(".")
        same = [known for known in self._full.types if known.startswith(f"{group}.")]
        return meant(name, self._full.types) or one_of(name, same) or FACTS_PAGE

    def _expression(self, source: Text, opinions: bool) -> Expression:
        """Compiled by the full language, whose scope it will be asked in; where opinions are barred, by the other too.

        Looking for the word `signal` in the text would not do: conditions can spell it with spaces.
        """
        expression = self._full.compile(source)
        if not opinions:
            try:
                self._hard.compile(source)
            except Faulty as fault:
                raise Faulty(f"{fault} ({NOT_HERE})") from None
        return expression


def _typed(group: str, names: Mapping[str, object], kind: type) -> dict[str, type]:
    return {f"{group}.{name}": kind for name in names}
