"""Texts, paths and JSON with places for values. A value fills its place and can never become anything else."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.lined_yaml import Items, Map, Text

PLACE = re.compile(r"\{([a-z_]\w*(?:\.\w+)*)\}")
LITERAL = re.compile(r"\{(true|false|null|-?[0-9]{1,9})\}")
LITERALS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
# What may be written in a path; a place stands for one more letter while this is checked.
SEGMENTS = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?|/")
QUERY = re.compile(r"[A-Za-z0-9_.\[\]-]+=[A-Za-z0-9._~!$'()*+,;:@/ -]*")


@dataclass(frozen=True)
class Words:
    """Texts and names of values in turn."""

    parts: tuple[str | tuple[str], ...]

    @classmethod
    def parse(cls, text: str) -> "Words":
        """ValueError for a brace that belongs to no place."""
        parts: list[str | tuple[str]] = []
        end = 0
        for found in PLACE.finditer(text):
            parts += [text[end : found.start()], (found[1],)]
            end = found.end()
        parts.append(text[end:])
        if any("{" in part or "}" in part for part in parts if isinstance(part, str)):
            raise ValueError("a place is written {name}, and no other brace may stand here")
        return cls(tuple(part for part in parts if part != ""))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(part[0] for part in self.parts if isinstance(part, tuple))

    def fill(self, values: Mapping[str, Any]) -> str:
        return "".join(part if isinstance(part, str) else str(values[part[0]]) for part in self.parts)


@dataclass(frozen=True)
class Path:
    """Segments, and pairs of a query. How they are encoded is for whoever sends them."""

    segments: tuple[Words, ...]
    query: tuple[tuple[str, Words], ...]

    @classmethod
    def parse(cls, text: str) -> "Path":
        """ValueError for anything but a path that begins with one slash and leads down only."""
        before, mark, behind = text.partition("?")
        plain = PLACE.sub("x", before)
        if not SEGMENTS.fullmatch(plain) or {".", ".."} & set(plain.split("/")):
            raise ValueError(
                "a path begins with one / and leads down: letters, digits and {places} between its /, no host"
            )
        pairs = behind.split("&") if mark else []
        if any(not QUERY.fullmatch(PLACE.sub("x", one)) or "{" in one.split("=")[0] for one in pairs):
            raise ValueError("a query is written ?name=value&other={place}")
        segments = tuple(Words.parse(one) for one in before.split("/")[1:])
        query = tuple((name, Words.parse(value)) for name, _, value in (one.partition("=") for one in pairs))
        return cls(segments, query)

    @property
    def in_path(self) -> tuple[str, ...]:
        return tuple(name for one in self.segments for name in one.names)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.in_path, *(name for _, one in self.query for name in one.names))


@dataclass(frozen=True)
class Tree:
    """JSON: tables, lists, `Words`, a name alone (its value keeps its type), or a fixed value."""

    node: Any

    @classmethod
    def parse(cls, raw: Any, complain: Any) -> "Tree":
        """`complain` hears of each text that is no template, with its line."""
        return cls(_parsed(raw, complain))

    @property
    def names(self) -> tuple[tuple[str, int], ...]:
        """Each name in it, with its line."""
        return tuple(_names(self.node))

    def fill(self, values: Mapping[str, Any]) -> Any:
        return _filled(self.node, values)


@dataclass(frozen=True)
class _Leaf:
    words: Words
    line: int


@dataclass(frozen=True)
class _Fixed:
    value: Any


def _parsed(raw: Any, complain: Any) -> Any:
    match raw:
        case Map():
            return {str(name): _parsed(value, complain) for name, value in raw.items()}
        case Items():
            return [_parsed(value, complain) for value in raw]
        case Text():
            if literal := LITERAL.fullmatch(raw):
                return _Fixed(LITERALS[literal[1]] if literal[1] in LITERALS else int(literal[1]))
            try:
                return _Leaf(Words.parse(str(raw)), raw.line)
            except ValueError as error:
                complain(raw.line, str(error))
                return _Fixed(None)
        case _:
            raise AssertionError(f"{type(raw)} is nothing that a file can hold")


def _names(node: Any) -> Iterator[tuple[str, int]]:
    match node:
        case dict():
            for inner in node.values():
                yield from _names(inner)
        case list():
            for inner in node:
                yield from _names(inner)
        case _Leaf(words, line):
            for name in words.names:
                yield name, line


def _filled(node: Any, values: Mapping[str, Any]) -> Any:
    match node:
        case dict():
            return {name: _filled(inner, values) for name, inner in node.items()}
        case list():
            return [_filled(inner, values) for inner in node]
        case _Fixed(value):
            return value
        case _Leaf(Words((((name,)),)), _):
            return values[name]
        case _Leaf(words, _):
            return words.fill(values)
        case _:
            raise AssertionError(f"{type(node)} is no part of a tree")
