"""One policy file: its tables of roles, queues, limits and windows, and its rules as they are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from deskhand.domain.errors import DeskFault
from deskhand.domain.lined_yaml import Items, Map, Text, read
from deskhand.domain.money import Money
from deskhand.policy.faults import Faults
from deskhand.policy.nearest import one_of
from deskhand.policy.rule_text import EVERY, Complain, RuleText, rule_text

TABLES = frozenset({"covers", "roles", "queues", "limits", "windows", "rules"})
NAME = re.compile(r"(?!(?:in|true|false|null)$)[a-z_][a-z0-9_]*")  # what may follow a dot in a condition
WINDOW = re.compile(r"([0-9]{1,4})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Limit:
    line: int
    amounts: Mapping[str, Money]


@dataclass(frozen=True)
class Window:
    line: int
    length: timedelta


@dataclass(frozen=True)
class PolicyFile:
    """`covers_all`: its "*" means every action of the desk, and its tables hold for every file.

    `roles` and `queues` come with the line that names them.
    """

    name: str
    covers_all: bool
    roles: Mapping[str, int]
    queues: Mapping[str, int]
    limits: Mapping[str, Limit]
    windows: Mapping[str, Window]
    rules: tuple[RuleText, ...]

    def named(self) -> dict[str, int]:
        """The actions that its rules name, each with the line where it is named first."""
        found: dict[str, int] = {}
        for rule in self.rules:
            for action in rule.on:
                if action != EVERY:
                    found.setdefault(str(action), action.line)
        return found


def policy_file(text: str, name: str, faults: Faults) -> PolicyFile | None:
    """What is sound in the file; None when it is no YAML. Whatever is wrong is added to `faults`."""
    try:
        document = read(text, name)
    except DeskFault as fault:
        faults.extend(fault.faults)
        return None
    complain = partial(faults.add, name)
    for key in document:
        if key not in TABLES:
            complain(getattr(key, "line", 1), f"unknown key {str(key)!r}{one_of(key, TABLES)}")
    covers = document.get("covers")
    if covers is not None and covers != "all":
        complain(covers.line, "`covers` can only be `all`; leave it out where the file is about some actions")
    return PolicyFile(
        name,
        covers == "all",
        _names(document, "roles", complain),
        _names(document, "queues", complain),
        {key: Limit(key.line, _amounts(key, value, complain)) for key, value in _table(document, "limits", complain)},
        {key: Window(key.line, _length(key, value, complain)) for key, value in _table(document, "windows", complain)},
        tuple(rule for raw in _rules(document, complain) if (rule := rule_text(raw, complain))),
    )


def _names(document: Map, key: str, complain: Complain) -> dict[str, int]:
    value = document.get(key, Items())
    if isinstance(value, Items) and all(isinstance(each, Text) for each in value):
        return {str(each): each.line for each in reversed(value)}
    complain(value.line, f"`{key}` is a list of names, such as [support, billing]")
    return {}


def _table(document: Map, key: str, complain: Complain) -> list[tuple[Text, Any]]:
    value = document.get(key, Map())
    if not isinstance(value, Map):
        complain(value.line, f"`{key}` is a table of names and values")
        return []
    rows = [(name, each) for name, each in value.items() if isinstance(name, Text)]
    for name, _ in rows:
        if not NAME.fullmatch(name):
            complain(
                name.line, f"{key}: {str(name)!r} cannot be a name in a condition; use small letters, digits and _"
            )
    return [(name, each) for name, each in rows if NAME.fullmatch(name)]


def _amounts(name: Text, table: Any, complain: Complain) -> dict[str, Money]:
    found: dict[str, Money] = {}
    if not isinstance(table, Map) or not table:
        complain(name.line, f"limit {name}: is not an amount for each currency, such as {{USD: 50.00}}")
        return found
    for currency, amount in table.items():
        try:
            found[str(currency)] = Money.parse(f"{amount if isinstance(amount, Text) else ''} {currency}")
        except ValueError as error:
            complain(amount.line, f"limit {name}: {error}; write it as {{USD: 50.00}}")
    return found


def _length(name: Text, text: Any, complain: Complain) -> timedelta:
    match = WINDOW.fullmatch(text) if isinstance(text, Text) else None
    if match:
        return timedelta(**{UNITS[match[2]]: int(match[1])})
    complain(name.line, f"window {name}: is not a length of time such as 30m, 72h, 30d or 2w")
    return timedelta()


def _rules(document: Map, complain: Complain) -> list[Map]:
    value = document.get("rules", Items())
    if isinstance(value, Items):
        for each in value:
            if not isinstance(each, Map):
                complain(each.line, "a rule is a mapping with `id`, `on` and `effect`")
        return [each for each in value if isinstance(each, Map)]
    complain(value.line, "`rules` is a list of rules")
    return []
