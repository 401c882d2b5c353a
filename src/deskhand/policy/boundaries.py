"""Cases at and around every boundary that rules draw, so that what they can and cannot do is found by trying.

The values come from the rules themselves: each number and one to either side, each word and another one, each window
and a second more or less. Where that would not be exhaustive, there are no cases: nothing is said rather than guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from math import prod
from typing import Any

from deskhand.domain.money import Money
from deskhand.policy.policy import TABLES, Chapter, Rule
from deskhand.policy.vocabulary import VOCABULARY

MOST = 4000  # cases of one question: more would be felt at every start
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECOND, LONG = timedelta(seconds=1), timedelta(days=3660)
TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
NUMBER = re.compile(r"(?<![\w.])[0-9]+(?![\w.])")
CALL = re.compile(r"\b(\w+)\s*\(")
AGE = re.compile(r"\bnow\s*-\s*[\w.]+|(?<![\w.])[\w.]+\s*-\s*now\b")
HARD = re.compile(r"[*/%\\]|[\w)\]]\s*\[|'''|\"\"\"|\b[rRbB]['\"]")  # products, indexes, odd spellings of texts
KNOWN_CALLS = frozenset({"exists", "all", "exists_one", "in"})
ELSE = ("another word", "yet another word")


def cases(chapter: Chapter, rules: Iterable[Rule]) -> Iterator[Mapping[str, Any]] | None:
    """Every case that could matter to these rules together, limits and windows included; None when that is too many,
    or when their conditions are of a kind that trying does not exhaust."""
    conditions = [one.expression for rule in rules for one in rule.conditions]
    sources = [one.source for one in conditions]
    if not all(map(_plain, sources)) or sum(map(_reckons, sources)) > 1:
        return None
    names = list(dict.fromkeys(name for one in conditions for name in one.names))
    currencies = _currencies(chapter, names)
    values = [_Values(chapter, sources, names, currency) for currency in currencies]
    if not values or sum(one.count for one in values) > MOST:
        return None
    return (case for one in values for case in one.cases())


def _plain(source: str) -> bool:
    bare = TEXT.sub('""', source)
    calls = CALL.findall(bare)
    return not HARD.search(bare) and "\\" not in source and all(call in KNOWN_CALLS for call in calls)


def _reckons(source: str) -> bool:
    """Whether it adds or subtracts anything but a moment from now."""
    return bool(re.search(r"[\w.)]\s*[+-]", AGE.sub("age", TEXT.sub('""', source))))


def _currencies(chapter: Chapter, names: Iterable[str]) -> list[str]:
    """Those that every limit among the names has."""
    tables = [chapter.limits[name.removeprefix("limit.")] for name in names if name.startswith("limit.")]
    every = dict.fromkeys(currency for table in tables for currency in table) if tables else {"USD": None}
    return [currency for currency in every if all(currency in table for table in tables)]


class _Values:
    """What each fact may be, in one currency."""

    def __init__(self, chapter: Chapter, sources: list[str], names: list[str], currency: str):
        text = " ".join(sources)
        self._currency = currency
        self._words = list(dict.fromkeys(double or single for double, single in TEXT.findall(text)))
        self._fixed: dict[str, Any] = {}
        for name in names:
            table, _, own = name.partition(".")
            if table == "limit":
                self._fixed[name] = chapter.limits[own][currency]
            elif table == "within":
                self._fixed[name] = chapter.windows[own]
        drawn = {int(number) for number in NUMBER.findall(TEXT.sub("", text))}
        drawn |= {value.minor for value in self._fixed.values() if isinstance(value, Money)}
        if any(map(_reckons, sources)):
            drawn |= {sign * one + other for one in drawn for other in drawn for sign in (1, -1)}
        self._numbers = sorted({number + step for number in {0, *drawn} for step in (-1, 0, 1)})
        self._windows = [value for value in self._fixed.values() if isinstance(value, timedelta)]
        facts = [name for name in names if not name.startswith(TABLES)]
        self._pools = {name: self._pool(name, chapter.language.types[name]) for name in facts}

    @property
    def count(self) -> int:
        return prod(len(pool) for pool in self._pools.values())

    def cases(self) -> Iterator[Mapping[str, Any]]:
        for values in product(*self._pools.values()):
            yield {**self._fixed, **dict(zip(self._pools, values, strict=True))}

    def _pool(self, name: str, kind: Any) -> list[Any]:
        words = list(VOCABULARY.get(name, ())) or [*self._words, *ELSE]
        if kind is bool:
            return [True, False]
        if kind is str:
            return words
        if kind is int:
            return self._numbers
        if kind is Money:
            return [Money(number, self._currency) for number in self._numbers]
        if kind is timedelta:
            return [
                timedelta(),
                LONG,
                *(one + step for one in self._windows for step in (-SECOND, timedelta(), SECOND)),
            ]
        if kind is datetime and name == "now":
            return [NOW]
        if kind is datetime:
            ages = [timedelta(), SECOND, -SECOND, LONG]
            ages += [one + step for one in self._windows for step in (-SECOND, timedelta(), SECOND)]
            return [NOW - age for age in dict.fromkeys(ages)]
        return [[], *([word] for word in words), words]
