"""Printing for people and for scripts."""

import dataclasses
import json
import sys
from datetime import datetime
from enum import Enum
from typing import Any

from rich.console import Console

WIDE = 140  # columns where no terminal says how many there are
# No emoji: an id such as zendesk:ticket:7 is printed letter for letter.
console = Console(width=None if sys.stdout.isatty() else WIDE, emoji=False)
aside = Console(stderr=True, emoji=False)  # progress and remarks, so that standard output stays clean


def print_json(value: Any) -> None:
    """One JSON object, on standard output."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """Frozen values as dicts, lists and texts."""
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            shown = (field for field in dataclasses.fields(value) if field.metadata.get("printed", True))
            return {field.name: plain(getattr(value, field.name)) for field in shown}
        case _:
            return value
