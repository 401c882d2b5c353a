"""What a procedure says: text with places for typed values, checked before it is ever spoken."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.expression import fits
from deskhand.procedures.spoken import FILTERS, KINDS, UNFILTERED, Rows, table

PLACE = re.compile(r"\{\{\s*([a-z_]\w*(?:\.\w+)*)\s*(?:\|\s*(\w+)\s*)?\}\}")
RECEIPT = "receipt."
TABLE = "table"


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
        """ValueError for a {{ or a }} that belongs to no place."""
        parts: list[str | Place] = []
        end = 0
        for found in PLACE.finditer(text):
            parts += [text[end : found.start()], Place(found[1], found[2] or "")]
            end = found.end()
        parts.append(text[end:])
        # A single brace beside a place would make a place of it once more.
        if any("{" in part or "}" in part for part in parts if isinstance(part, str)):
            raise ValueError("a place is written {{ name }} or {{ name | filter }}, and no other brace may stand here")
        return cls(tuple(part for part in parts if part != ""), line)

    @property
    def names(self) -> tuple[str, ...]:
        """What its places speak of, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, Place)))

    @property
    def words(self) -> str:
        """What the author wrote, without the places."""
        return " ".join(part for part in self.parts if isinstance(part, str))

    def faults(self, types: Mapping[str, type], tables: Collection[str], receipt: Collection[str]) -> list[str]:
        """What is wrong with its places, given the names in scope, the look-ups with rows, and what a receipt tells."""
        found = []
        for part, behind in zip(self.parts, (*self.parts[1:], "\n"), strict=False):
            if isinstance(part, Place) and (what := _fault(part, types, tables, receipt)):
                found.append(what)
            elif isinstance(part, Place) and part.filter == TABLE and not _ends_line(behind):
                found.append(f"{part.name} | {TABLE}: nothing may follow a table on its line")
        return found

    def render(self, values: Mapping[str, Any], tables: Mapping[str, Rows], action: int | None) -> str:
        """The text. `tables`: rows by look-up; `action`: the number of the one whose receipt {{ receipt.x }} means.

        Receipts are not there yet: {{ receipt.id }} becomes {{ receipts.0.id }}, to be filled after the deed.
        """
        said = (part if isinstance(part, str) else _said(part, values, tables, action) for part in self.parts)
        return re.sub("(?<! ) +\n", "\n", "".join(said))


def _ends_line(behind: str | Place) -> bool:
    return isinstance(behind, str) and behind.lstrip(" ").startswith("\n")


def _fault(place: Place, types: Mapping[str, type], tables: Collection[str], receipt: Collection[str]) -> str:
    name, filter = place.name, place.filter
    if filter and filter not in FILTERS and filter != TABLE:
        return f"unknown filter {filter!r}: there are {', '.join(FILTERS)} and {TABLE}"
    if name.startswith(RECEIPT):
        return "" if name.removeprefix(RECEIPT) in receipt and not filter else f"no receipt tells {name!r} here"
    if filter == TABLE:
        return "" if name in tables else f"{name!r} has no rows to make a table of"
    if name not in types:
        return f"unknown name {name!r}"
    if filter:
        return "" if types[name] == FILTERS[filter][0] else f"{name!r} is {KINDS[types[name]]}, not for `{filter}`"
    return "" if types[name] in UNFILTERED else f"{name!r} is {KINDS[types[name]]}, which has no words of its own"


def _said(place: Place, values: Mapping[str, Any], tables: Mapping[str, Rows], action: int | None) -> str:
    if place.name.startswith(RECEIPT):
        if action is None:
            raise Unfilled(place.name)
        return f"{{{{ receipts.{action}.{place.name.removeprefix(RECEIPT)} }}}}"
    if place.filter == TABLE:
        if not tables.get(place.name):
            raise Unfilled(place.name)
        return table(tables[place.name])
    value = values.get(place.name)
    ways = [FILTERS[place.filter]] if place.filter else list(UNFILTERED.items())
    for kind, speak in ways:
        if fits(value, kind):
            return speak(value)
    raise Unfilled(place.name)
