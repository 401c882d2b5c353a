"""From the text of policy files to a `Policy`, or to every fault in them, each with its line."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.expression import Expression, Faulty, Language
from deskhand.domain.lined_yaml import Items, Map, Text, read
from deskhand.domain.money import Money
from deskhand.policy.facts import SCHEMA, types_of
from deskhand.policy.policy import Chapter, Condition, Policy, Rule, RuleEffect

KEYS = {"id", "on", "effect", "when", "require", "say", "by", "to"}
TABLES = {"covers", "roles", "queues", "limits", "windows", "rules"}
NEEDS: Mapping[RuleEffect, frozenset[str]] = {
    RuleEffect.ALLOW: frozenset(),
    RuleEffect.APPROVE: frozenset({"by"}),
    RuleEffect.CONFIRM: frozenset({"say"}),
    RuleEffect.DENY: frozenset({"say"}),
    RuleEffect.ESCALATE: frozenset({"to", "say"}),
}
WINDOW = re.compile(r"([0-9]{1,4})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
TURN = "turn"


def load_policies(files: Mapping[str, str], schema: Mapping[str, type] = SCHEMA) -> Policy:
    """`files`: text by file name; `schema`: the class of facts of every action. `DeskFault` holds all faults at once.

    A file with `covers: all` speaks for every action, and first; in any other, "*" means the actions that file names,
    and an action belongs to one such file only.
    """
    loading = _Loading(schema)
    for name in sorted(files):
        try:
            loading.take(_File(read(files[name], name), name, loading.faults))
        except DeskFault as fault:
            loading.faults += fault.faults
    return loading.policy(digest({name: files[name] for name in sorted(files)}))


class _File:
    """One file, with its own tables."""

    def __init__(self, document: Map, name: str, faults: list[Fault]):
        self.name, self.faults = name, faults
        for key in document:
            if key not in TABLES:
                self.fault(_line(key), f"unknown key {str(key)!r}")
        self.covers_all = document.get("covers") == "all"
        if "covers" in document and not self.covers_all:
            self.fault(_line(document["covers"]), "`covers` can only be `all`")
        self.roles = self._texts(document, "roles")
        self.queues = self._texts(document, "queues")
        self.limits = {str(key): self._limit(key, table) for key, table in self._map(document, "limits").items()}
        self.windows = {str(key): self._window(key, text) for key, text in self._map(document, "windows").items()}
        rules = document.get("rules", Items())
        self.rules = [one for one in rules if isinstance(one, Map)] if isinstance(rules, Items) else []
        if not isinstance(rules, Items) or len(self.rules) != len(rules):
            self.fault(_line(rules), "`rules` is a list of rules")

    def fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(self.name, line, what))

    def named(self) -> set[str]:
        """The actions that its rules name."""
        return {str(action) for rule in self.rules for action in _listed(rule.get("on")) if action != "*"}

    def types(self) -> dict[str, type]:
        limits: dict[str, type] = {f"limit.{name}": Money for name in self.limits}
        return limits | {f"within.{name}": timedelta for name in self.windows}

    def _texts(self, document: Map, key: str) -> frozenset[str]:
        value = document.get(key, Items())
        if not isinstance(value, Items) or not all(isinstance(one, Text) for one in value):
            self.fault(_line(value), f"`{key}` is a list of names")
            return frozenset()
        return frozenset(str(one) for one in value)

    def _map(self, document: Map, key: str) -> Map:
        value = document.get(key, Map())
        if not isinstance(value, Map):
            self.fault(_line(value), f"`{key}` is a table")
            return Map()
        return value

    def _limit(self, name: str, table: Any) -> dict[str, Money]:
        found: dict[str, Money] = {}
        if not isinstance(table, Map):
            self.fault(_line(name), f"limit {name}: is an amount per currency, such as {{USD: 50.00}}")
            return found
        for currency, amount in table.items():
            try:
                found[str(currency)] = Money.parse(str(amount), str(currency))
            except ValueError as error:
                self.fault(_line(amount, _line(name)), f"limit {name}: {error}")
        return found

    def _window(self, name: str, text: Any) -> timedelta:
        match = WINDOW.fullmatch(text) if isinstance(text, Text) else None
        if match is None:
            self.fault(_line(name), f"window {name}: is not a duration such as 30m, 72h, 30d or 2w")
            return timedelta()
        return timedelta(**{UNITS[match[2]]: int(match[1])})


class _Loading:
    def __init__(self, schema: Mapping[str, type]):
        self.types = {action: types_of(kind) for action, kind in schema.items()}
        self.faults: list[Fault] = []
        self.files: list[_File] = []
        self.ids: set[str] = set()

    def take(self, file: _File) -> None:
        self.files.append(file)

    def policy(self, digest_of_texts: str) -> Policy:
        everywhere = [file for file in self.files if file.covers_all]
        apart = [file for file in self.files if not file.covers_all]
        self._one_home(apart)
        sound = {id(rule) for file in self.files for rule in file.rules if self._sound(rule, file)}
        chapters = {action: self._chapter(action, everywhere, apart, sound) for action in self.types}
        notes = (*self._notes(chapters), *self._missing_currencies())
        if self.faults:
            raise DeskFault(_joined(self.faults))
        roles = frozenset(role for file in self.files for role in file.roles)
        queues = frozenset(queue for file in self.files for queue in file.queues)
        return Policy(digest_of_texts, chapters, roles, queues, notes)

    def _one_home(self, apart: list[_File]) -> None:
        for action in self.types:
            homes = [file for file in apart if action in file.named()]
            for file in homes[1:]:
                self.faults.append(Fault(file.name, 1, f"{action} has rules in {homes[0].name} already"))

    def _sound(self, rule: Map, file: _File) -> bool:
        """Whether it can be compiled at all; every fault found on the way is kept."""
        before, name = len(self.faults), rule.get("id", "(rule without id)")

        def fault(what: str, line: int = rule.line) -> None:
            file.fault(line, f"{name}: {what}")

        for key, value in rule.items():
            if key not in KEYS:
                fault(f"unknown key {str(key)!r}", _line(key))
            elif not isinstance(value, Text) and not (key in ("on", "when", "require") and _all_texts(value)):
                fault(f"`{key}` is not of the right shape", _line(key))
        if missing := sorted({"id", "on", "effect"} - set(rule)):
            fault(f"lacks {', '.join(missing)}")
        if len(self.faults) > before:
            return False
        if rule["effect"] not in list(RuleEffect):
            fault(f"{str(rule['effect'])!r} is not one of {', '.join(RuleEffect)}", rule["effect"].line)
            return False
        if name in self.ids:
            fault("another rule has this id")
        self.ids.add(name)
        return self._meant(rule, RuleEffect(str(rule["effect"])), file, fault)

    def _meant(self, rule: Map, effect: RuleEffect, file: _File, fault: Any) -> bool:
        if missing := sorted(NEEDS[effect] - set(rule)):
            fault(f"a rule that says `{effect}` needs {', '.join(missing)}")
        for key, known in (("by", file.roles), ("to", file.queues)):
            if key in rule and (key not in NEEDS[effect] or rule[key] not in known):
                fault(f"`{key}: {rule[key]}` is unknown, or has no meaning here", _line(rule[key]))
        if effect is RuleEffect.ALLOW and "require" in rule:
            fault("`allow` takes `when`; what must hold is a `deny` rule with `require`")
        actions = _listed(rule["on"])
        if effect is RuleEffect.ALLOW and "*" in actions:
            fault("`allow` names its actions, or the next action would be allowed unseen")
        if effect is RuleEffect.CONFIRM and TURN in actions:
            fault("`confirm` has no meaning on turn: there is nothing to confirm yet")
        if not actions:
            fault("is on no action")
        unknown = [action for action in actions if action != "*" and action not in self.types]
        for action in unknown:
            fault(f"unknown action {str(action)!r}", _line(action))
        return not unknown

    def _chapter(self, action: str, everywhere: list[_File], apart: list[_File], sound: set[int]) -> Chapter:
        files = everywhere + [file for file in apart if action in file.named()]
        types = dict(self.types[action])
        for file in files:
            types |= file.types()
        full = Language(types)
        hard = Language({name: kind for name, kind in types.items() if not name.startswith("signal.")})
        rules = []
        for file in files:
            for raw in file.rules:
                on = _listed(raw.get("on"))
                if id(raw) in sound and (action in on or "*" in on):
                    rules.append(self._rule(raw, file, full, hard, action))
        limits = {name: table for file in files for name, table in file.limits.items()}
        windows = {name: window for file in files for name, window in file.windows.items()}
        return Chapter(full, tuple(rules), limits, windows)

    def _rule(self, raw: Map, file: _File, full: Language, hard: Language, action: str) -> Rule:
        effect = RuleEffect(str(raw["effect"]))
        opinions = effect is not RuleEffect.ALLOW  # an opinion may start a restriction, and nothing else
        when = self._conditions(raw, "when", file, (full,) if opinions else (hard, full), action)
        require = self._conditions(raw, "require", file, (hard, full), action)
        who = str(raw.get("by", raw.get("to", "")))
        return Rule(str(raw["id"]), file.name, raw.line, effect, when, require, str(raw.get("say", "")), who)

    def _conditions(
        self, raw: Map, key: str, file: _File, languages: tuple[Language, ...], action: str
    ) -> tuple[Condition, ...]:
        found = []
        for source in _listed(raw.get(key)):
            compiled = self._compiled(source, languages)
            if isinstance(compiled, Expression):
                found.append(Condition(_line(source), compiled))
            else:
                file.fault(_line(source), f"{raw['id']}: {compiled} (on {action})")
        return tuple(found)

    def _compiled(self, source: Text, languages: tuple[Language, ...]) -> Expression | str:
        """The last language compiles it; the ones before must accept it too. Values of one language's scope are not
        understood by a condition that another one compiled: durations became unknown there."""
        try:
            return [language.compile(source) for language in languages][-1]
        except Faulty as fault:
            if len(languages) > 1 and "undeclared reference to 'signal" in str(fault):
                return f"{fault} (an opinion may stand only in the `when` of a rule that restricts)"
            return str(fault)

    def _notes(self, chapters: Mapping[str, Chapter]) -> Iterable[Fault]:
        for action, chapter in chapters.items():
            if not any(rule.effect is RuleEffect.ALLOW for rule in chapter.rules):
                yield Fault("policies", 1, f"{action}: no rule allows it, so it is always denied")

    def _missing_currencies(self) -> Iterable[Fault]:
        for file in self.files:
            every = {currency for table in file.limits.values() for currency in table}
            for name, table in file.limits.items():
                if lacking := sorted(every - set(table)):
                    yield Fault(file.name, 1, f"limit {name} has no amount in {', '.join(lacking)}: unknown there")


def _joined(faults: list[Fault]) -> tuple[Fault, ...]:
    """The same fault on several actions is told once, with all of them."""
    seen: dict[tuple[str, int, str], list[str]] = {}
    for fault in faults:
        what, _, action = fault.what.partition(" (on ")
        seen.setdefault((fault.file, fault.line, what), []).append(action.rstrip(")"))
    return tuple(
        Fault(file, line, what + (f" (on {', '.join(dict.fromkeys(on))})" if any(on) else ""))
        for (file, line, what), on in seen.items()
    )


def _listed(value: Any) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    return [one for one in value if isinstance(one, Text)] if isinstance(value, list) else []


def _all_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Text) for one in value)


def _line(value: Any, otherwise: int = 1) -> int:
    return getattr(value, "line", otherwise)
