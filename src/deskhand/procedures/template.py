"""What a procedure says: text with places for typed values, checked before it is ever spoken."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskhand.domain.money import Money

PLACE = re.compile(r"\{\{\s*([a-z_]\w*(?:\.\w+)*)\s*(?:\|\s*(\w+)\s*)?\}\}")
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
RECEIPT = "receipt."
Rows = Sequence[Mapping[str, Any]]


class Unfilled(Exception):
    """A place whose value is not known: nothing is said rather than something with a gap in it."""


@dataclass(frozen=True)
class Place:
    """`name | filter`; the filter may be empty."""

    name: str
    filter: str


@dataclass(frozen=True)
class Template:
    """Texts and places in turn. `line` is where it stands in its file."""

    parts: tuple[str | Place, ...]
    line: int

    @classmethod
    def parse(cls, text: str, line: int = 1) -> "Template":
        """ValueError for a {{ that is no place."""
        parts: list[str | Place] = []
        end = 0
        for found in PLACE.finditer(text):
            parts += [text[end : found.start()], Place(found[1], found[2] or "")]
            end = found.end()
        parts.append(text[end:])
        if any("{{" in part or "}}" in part for part in parts if isinstance(part, str)):
            raise ValueError("a place is written {{ name }} or {{ name | filter }}")
        return cls(tuple(part for part in parts if part != ""), line)

    @property
    def words(self) -> str:
        """What the author wrote, without the places."""
        return " ".join(part for part in self.parts if isinstance(part, str))

    def faults(self, types: Mapping[str, type], tables: Iterable[str], receipt: Iterable[str]) -> list[str]:
        """What is wrong with its places, given the names in scope, the look-ups with rows, and what a receipt tells."""
        tabled, told = set(tables), {f"{RECEIPT}{name}" for name in receipt}
        return [
            fault for part in self.parts if isinstance(part, Place) and (fault := _fault(part, types, tabled, told))
        ]

    def render(self, values: Mapping[str, Any], tables: Mapping[str, Rows], place: int | None) -> str:
        """The text. `tables`: rows by look-up; `place`: which action's receipt {{ receipt.x }} means.

        Receipts are not there yet: {{ receipt.id }} becomes {{ receipts.0.id }}, to be filled after the deed.
        """
        return "".join(part if isinstance(part, str) else _shown(part, values, tables, place) for part in self.parts)


def _fault(place: Place, types: Mapping[str, type], tables: set[str], receipt: set[str]) -> str:
    if place.filter and place.filter not in FILTERS and place.filter != "table":
        return f"unknown filter {place.filter!r}"
    if place.name.startswith(RECEIPT):
        return "" if place.name in receipt and not place.filter else f"no receipt tells {place.name!r} here"
    if place.filter == "table":
        return "" if place.name in tables else f"{place.name!r} has no rows to make a table of"
    if place.name not in types:
        return f"unknown name {place.name!r}"
    wanted = FILTERS[place.filter][0] if place.filter else types[place.name]
    return "" if types[place.name] == wanted else f"{place.name!r} is no {getattr(wanted, '__name__', wanted)}"


def _shown(place: Place, values: Mapping[str, Any], tables: Mapping[str, Rows], number: int | None) -> str:
    if place.name.startswith(RECEIPT):
        return f"{{{{ receipts.{number}.{place.name.removeprefix(RECEIPT)} }}}}"
    if place.filter == "table":
        if not tables.get(place.name):
            raise Unfilled(place.name)
        return table(tables[place.name])
    if place.name not in values:
        raise Unfilled(place.name)
    value = values[place.name]
    return FILTERS[place.filter][1](value) if place.filter else told(value)


def told(value: Any) -> str:
    """A value as a customer reads it."""
    match value:
        case Money():
            return money(value)
        case datetime():
            return date(value)
        case list():
            return ", ".join(value)
        case _:
            return str(value)


def money(value: Money) -> str:
    """$29.00, €29.00, 29.00 CHF."""
    number = str(value).split(" ")[0]
    return f"{SIGNS[value.currency]}{number}" if value.currency in SIGNS else str(value)


def date(value: datetime) -> str:
    """3 November 2026."""
    return f"{value.day} {value:%B %Y}"


def day(value: datetime) -> str:
    """3 November."""
    return f"{value.day} {value:%B}"


def moment(value: datetime) -> str:
    """3 November 2026, 14:05 UTC."""
    return f"{value.day} {value:%B %Y, %H:%M} UTC"


def table(rows: Rows) -> str:
    """A line a row, at most ten: what a person would want to see of it, ids last."""
    lines = [f"- {', '.join(_cells(row))}" for row in rows[:10]]
    return "\n".join(["", *lines, f"- and {len(rows) - 10} more"] if len(rows) > 10 else ["", *lines])


def _cells(row: Mapping[str, Any]) -> list[str]:
    cells = [date(value) for value in row.values() if isinstance(value, datetime)][:1]
    cells += [money(value) for value in row.values() if isinstance(value, Money) and value.minor][:1]
    names = [
        str(v) for k, v in row.items() if isinstance(v, str) and k in ("description", "number", "reason", "status")
    ]
    return cells + names


FILTERS: Mapping[str, tuple[Any, Callable[[Any], str]]] = {
    "money": (Money, money),
    "date": (datetime, date),
    "day": (datetime, day),
    "moment": (datetime, moment),
    "list": (list[str], ", ".join),
}
