"""Tests of a policy as its owners write them: facts that are given, and what has to come of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from deskhand.domain.errors import DeskFault
from deskhand.domain.lined_yaml import Items, Map, Text, read
from deskhand.domain.money import Money
from deskhand.policy.faults import Faults
from deskhand.policy.nearest import one_of
from deskhand.policy.policy import Policy, RuleEffect
from deskhand.policy.recorded import fact_types
from deskhand.policy.rule_text import DEFAULT, Complain

TABLES = frozenset({"given", "tests"})
GIVEN = frozenset({"given", "action", "currency", "facts", "without"})
TEST = GIVEN | {"name", "approved", "own", "expect"}
EXPECT = frozenset({"effect", "rule", "by", "to"})
SHAPES = {"facts": Map, "expect": Map, "without": Items, "approved": Items}
LENGTH = re.compile(r"([0-9]{1,8})([smhdw])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SINCE = re.compile(r"now *([+-]) *([0-9]{1,8}[smhdw])")


@dataclass(frozen=True)
class PolicyCase:
    """One test. `who`: the roles still wanted, or the queue; None when the test does not say."""

    name: str
    file: str
    line: int
    action: str
    currency: str | None
    facts: Mapping[str, Any]
    approved: tuple[str, ...]
    own: str
    effect: str
    rule: str
    who: tuple[str, ...] | None


@dataclass(frozen=True)
class _Given:
    """Facts as they are written; a set may build on one above it."""

    action: Text | None = None
    currency: str | None = None
    facts: Mapping[Text, Any] | None = None

    def and_then(self, raw: Map) -> "_Given":
        lost = set(raw.get("without", Items()))
        own = raw.get("facts", Map())
        # Left out, not written over: the key that stays must know the line of the value that holds.
        kept = {name: value for name, value in (self.facts or {}).items() if name not in lost and name not in own}
        return _Given(raw.get("action", self.action), raw.get("currency", self.currency), {**kept, **own})


def load_cases(files: Mapping[str, str], policy: Policy) -> tuple[PolicyCase, ...]:
    """`files`: text by file name. `DeskFault` holds all faults at once."""
    faults = Faults()
    found = [case for name in sorted(files) for case in _File(name, policy, faults).cases(files[name])]
    faults.tell()
    return tuple(found)


class _File:
    def __init__(self, name: str, policy: Policy, faults: Faults):
        self._name, self._policy, self._faults = name, policy, faults
        self._fault: Complain = partial(faults.add, name)
        self._rules = {rule.id for chapter in policy.chapters.values() for rule in chapter.rules} | {DEFAULT}

    def cases(self, text: str) -> list[PolicyCase]:
        try:
            document = read(text, self._name)
        except DeskFault as fault:
            self._faults.extend(fault.faults)
            return []
        self._known(document, TABLES, "")
        sets: dict[str, _Given] = {}
        for name, raw in self._mapping(document.get("given", Map()), "`given` is a table of names and facts").items():
            if self._shaped(raw, GIVEN, f"{name}: "):
                sets[name] = self._built(raw, sets, f"{name}: ")
        tests = document.get("tests", Items())
        if not isinstance(tests, Items):
            self._fault(tests.line, "`tests` is a list of tests")
            return []
        return [case for raw in tests if (case := self._case(raw, sets))]

    def _case(self, raw: Any, sets: Mapping[str, _Given]) -> PolicyCase | None:
        name = raw.get("name", "(test without name)") if isinstance(raw, Map) else ""
        if not self._shaped(raw, TEST, f"{name}: "):
            return None
        if missing := [key for key in ("name", "expect") if key not in raw]:
            self._fault(raw.line, f"{name}: lacks {' and '.join(missing)}")
            return None
        given = self._built(raw, sets, f"{name}: ")
        effect, rule, who = self._expected(raw["expect"], f"{name}: ")
        if given.action is None:
            self._fault(raw.line, f"{name}: lacks `action`, here or in what is given")
            return None
        if given.action not in self._policy.chapters:
            known = one_of(given.action, self._policy.chapters)
            self._fault(given.action.line, f"{name}: unknown action {str(given.action)!r}{known}")
            return None
        facts = self._facts(given, f"{name}: ")
        approved = tuple(str(role) for role in raw.get("approved", Items()))
        own = str(raw.get("own", ""))
        action = str(given.action)
        return PolicyCase(name, self._name, raw.line, action, given.currency, facts, approved, own, effect, rule, who)

    def _built(self, raw: Map, sets: Mapping[str, _Given], where: str) -> _Given:
        base = raw.get("given")
        if base is not None and base not in sets:
            self._fault(base.line, f"{where}nothing above is called {str(base)!r}{one_of(base, sets)}")
        before = sets.get(base, _Given()) if base is not None else _Given()
        for fact in raw.get("without", Items()):
            if fact not in (before.facts or {}):
                known = one_of(fact, map(str, before.facts or {}))
                self._fault(fact.line, f"{where}{fact} is not given, so it is unknown already{known}")
        return before.and_then(raw)

    def _expected(self, raw: Map, where: str) -> tuple[str, str, tuple[str, ...] | None]:
        self._known(raw, EXPECT, f"{where}expect: ")
        effect, rule = raw.get("effect", Text()), raw.get("rule", Text())
        if str(effect) not in [str(each) for each in RuleEffect]:
            self._fault(raw.line, f"{where}expect: `effect` is one of {', '.join(RuleEffect)}")
        if not isinstance(rule, Text) or rule not in self._rules:
            self._fault(raw.line, f"{where}expect: `rule` is the id of a rule, or `default`{one_of(rule, self._rules)}")
        who = raw.get("by", raw.get("to"))
        if who is None:
            return str(effect), str(rule), None
        return str(effect), str(rule), (str(who),) if isinstance(who, Text) else tuple(str(each) for each in who)

    def _facts(self, given: _Given, where: str) -> dict[str, Any]:
        types = fact_types(self._policy, str(given.action))
        written, found = given.facts or {}, dict[str, Any]()
        for name, value in sorted(written.items(), key=lambda pair: pair[0] != "now"):  # others may count from it
            if name not in types:
                known = one_of(name, types)
                self._fault(name.line, f"{where}{name} is no fact of {given.action}{known}")
                continue
            try:
                found[str(name)] = value_of(value, types[name], found.get("now"))
            except ValueError as error:
                self._fault(name.line, f"{where}{name}: {error}")
        return found

    def _shaped(self, raw: Any, keys: frozenset[str], where: str) -> bool:
        if not isinstance(raw, Map):
            self._fault(getattr(raw, "line", 1), f"{where}is a mapping with {', '.join(sorted(keys))}")
            return False
        self._known(raw, keys, where)
        sound = True
        for key, value in raw.items():
            shape = SHAPES.get(key, Text)
            if key in keys and not (
                isinstance(value, shape) and (shape is not Items or all(isinstance(each, Text) for each in value))
            ):
                words = {Map: "a table", Items: "a list of names", Text: "one text"}[shape]
                self._fault(getattr(value, "line", raw.line), f"{where}`{key}` is {words}")
                sound = False
        return sound

    def _known(self, raw: Map, keys: frozenset[str], where: str) -> None:
        for key in raw:
            if key not in keys:
                self._fault(getattr(key, "line", raw.line), f"{where}unknown key {str(key)!r}{one_of(key, keys)}")

    def _mapping(self, raw: Any, what: str) -> Map:
        if isinstance(raw, Map):
            return raw
        self._fault(raw.line, what)
        return Map()


def value_of(text: Any, kind: type, now: datetime | None) -> Any:
    """A fact as people write it. ValueError that says how it is written."""
    if kind == list[str]:
        if isinstance(text, Items) and all(isinstance(each, Text) for each in text):
            return [str(each) for each in text]
        raise ValueError("is a list, such as [legal, press] or []")
    if not isinstance(text, Text):
        raise ValueError("is one value, no list and no table")
    if kind is bool:
        if text not in ("true", "false"):
            raise ValueError("is true or false")
        return text == "true"
    if kind is int:
        if not re.fullmatch(r"-?[0-9]{1,15}", text):
            raise ValueError("is a whole number")
        return int(text)
    if kind is Money:
        try:
            amount = Money.parse(text.removeprefix("-"))
        except ValueError as error:
            raise ValueError(f"is an amount such as 29.00 USD: {error}") from None
        return Money(-amount.minor, amount.currency) if text.startswith("-") else amount
    if kind is datetime:
        return _moment(text, now)
    if kind is timedelta:
        return _length(text)
    return str(text)


def _moment(text: str, now: datetime | None) -> datetime:
    if since := SINCE.fullmatch(text):
        if now is None:
            raise ValueError("counts from `now`, which is not given")
        try:
            return now + _length(since[2]) * (1 if since[1] == "+" else -1)
        except OverflowError:
            raise ValueError("lies beyond all calendars") from None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("is a time with its zone, such as 2026-11-24T12:00:00Z, or `now - 4d`")
    return moment


def _length(text: str) -> timedelta:
    match = LENGTH.fullmatch(text)
    if not match:
        raise ValueError("is a length of time such as 30s, 30m, 72h, 30d or 2w")
    return timedelta(**{UNITS[match[2]]: int(match[1])})
