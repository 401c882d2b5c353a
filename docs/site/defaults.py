"""The default of a setting, as desk.toml would say it."""

import json
from enum import Enum
from typing import Any

from pydantic.fields import FieldInfo


def told(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    given = field.get_default(call_default_factory=True)
    return "none" if given is None else f"`{_literal(given)}`"


def _literal(value: Any) -> str:
    match value:
        case Enum():
            return json.dumps(value.value)
        case bool() | str():
            return json.dumps(value)
        case int() | float():
            return f"{value:g}" if value < 1e6 else str(value)
        case dict():
            return "{}" if not value else json.dumps(value)
        case list() | tuple() | set() | frozenset():
            return "[" + ", ".join(_literal(one) for one in value) + "]"
        case _:
            return str(value)
