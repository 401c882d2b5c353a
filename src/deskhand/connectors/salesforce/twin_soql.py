"""As much SOQL as our own questions need; whatever else is put in one is malformed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAME = r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?"
LITERAL = r"'(?:[^'\\\n\r]|\\[\\'nrtbf\"])*'|true|false"
TEST = re.compile(rf"({NAME}) (=|LIKE) ({LITERAL})")
# A pattern, and no query.
QUERY = re.compile(rf"SELECT ({NAME}(?:, {NAME})*) FROM ([A-Za-z]+) WHERE (.*)", re.DOTALL)  # nosec B608
ORDER = re.compile(rf" ORDER BY {NAME} DESC, Id DESC\Z")
UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Malformed(Exception):
    """This is no query that we understand."""


@dataclass(frozen=True)
class Test:
    """One condition; a LIKE's `value` is its pattern."""

    field: str
    like: bool
    value: str | bool

    def holds(self, values: Mapping[str, object]) -> bool:
        """Texts are compared as Salesforce does: letter case counts for nothing."""
        held = values.get(self.field)
        if not isinstance(self.value, str) or not isinstance(held, str):
            return held == self.value
        if not self.like:
            return held.casefold() == self.value.casefold()
        pattern = "".join(".*" if part == "%" else re.escape(part) for part in self.value)
        return re.fullmatch(pattern, held, re.IGNORECASE | re.DOTALL) is not None


@dataclass(frozen=True)
class Query:
    """`every`: all tests must hold, else one of them. Records come newest first."""

    fields: tuple[str, ...]
    kind: str
    tests: tuple[Test, ...]
    every: bool


def parse(soql: str) -> Query:
    """`Malformed` for what is no query of ours."""
    whole = QUERY.fullmatch(soql)
    if whole is None:
        raise Malformed
    where = whole[3]
    tests, words, place = [], set(), 0
    while True:
        found = TEST.match(where, place)
        if found is None:
            raise Malformed
        literal = found[3]
        value = _unquoted(literal) if literal.startswith("'") else literal == "true"
        tests.append(Test(found[1], found[2] == "LIKE", value))
        place = found.end()
        word = re.compile(" (AND|OR) ").match(where, place)
        if word is None:
            break
        words.add(word[1])
        place = word.end()
    if len(words) > 1 or (where[place:] and not ORDER.fullmatch(where, place)):
        raise Malformed
    return Query(tuple(whole[1].split(", ")), whole[2], tuple(tests), words != {"OR"})


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", lambda found: UNESCAPED.get(found[1], found[1]), literal[1:-1])
