"""Holds a table of a file to its keys: what is passed on has the right shape, what has not is a fault."""

import re
from collections.abc import Callable
from typing import Any

from deskhand.domain.lined_yaml import Items, Map, Text
from deskhand.procedures.keys import Key, Keys, Shape

Complain = Callable[[int, str], None]


def shaped(raw: Map, keys: Keys, what: str, complain: Complain) -> Map:
    """The entries of `raw` that are known and of their key's shape; `what` names the table in faults."""
    found = Map()
    found.line = raw.line
    for name, value in raw.items():
        line = getattr(name, "line", raw.line)
        if name not in keys:
            complain(line, f"unknown key {str(name)!r} in {what}")
        elif not _fits(value, keys[name].shape):
            complain(line, f"`{name}` is to be {keys[name].shape.value}")
        elif _sound(name, value, keys[name], complain):
            found[name] = _inner(name, value, keys[name], complain)
    for name, key in keys.items():
        if key.needed and name not in raw:
            complain(raw.line, f"{what} needs `{name}`")
    return found


def texts(value: Any) -> list[Text]:
    """A text or a list of texts, as a list."""
    return [value] if isinstance(value, Text) else list(value)


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case Shape.TEXT:
            return isinstance(value, Text)
        case Shape.TEXTS:
            return isinstance(value, Items) and all(isinstance(each, Text) for each in value)
        case Shape.TEXT_OR_TEXTS:
            return isinstance(value, Text) or _fits(value, Shape.TEXTS)
        case Shape.TEXT_BY_NAME:
            return isinstance(value, Map) and all(isinstance(each, Text) for each in value.values())
        case Shape.TABLE | Shape.TREE:
            return isinstance(value, Map)
        case Shape.TABLE_BY_NAME:
            return isinstance(value, Map) and all(isinstance(each, Map) for each in value.values())
        case Shape.TABLES:
            return isinstance(value, Items) and all(isinstance(each, Map) for each in value)


def _sound(name: str, value: Any, key: Key, complain: Complain) -> bool:
    told = list(_complaints(name, value, key))
    for line, what in told:
        complain(line, what)
    return not told


def _complaints(name: str, value: Any, key: Key) -> list[tuple[int, str]]:
    entries = list(value.values()) if isinstance(value, Map) else value if isinstance(value, Items) else [value]
    found = [(one.line, f"`{name}` is empty") for one in entries if isinstance(one, Text) and not one.strip()]
    if len(entries) < key.least:
        found.append((value.line, f"`{name}` needs at least {key.least}"))
    if key.one_of and value not in key.one_of:
        found.append((value.line, f"`{name}` is one of {', '.join(key.one_of)}"))
    if key.pattern and not re.fullmatch(key.pattern, value):
        found.append((value.line, f"`{name}` is {key.looks}"))
    return found


def _inner(name: str, value: Any, key: Key, complain: Complain) -> Any:
    match key.shape:
        case Shape.TABLE:
            return shaped(value, key.inner, f"`{name}`", complain)
        case Shape.TABLE_BY_NAME:
            return Map({one: shaped(each, key.inner, f"{name}: {one}", complain) for one, each in value.items()})
        case Shape.TABLES:
            what = "a step" if name == "steps" else f"an entry of `{name}`"
            return Items(shaped(each, key.inner, what, complain) for each in value)
        case _:
            return value
