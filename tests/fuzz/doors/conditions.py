"""Conditions: CEL, as policies and procedures write it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fuzz.door import Door
from tests.fuzz.mutating import words

from deskhand.domain.expression import Expression, Faulty, Language, Unknown
from deskhand.domain.money import Money

TYPES: dict[str, Any] = {
    "a": bool,
    "n": int,
    "s": str,
    "m": Money,
    "at": datetime,
    "long": timedelta,
    "tags": list[str],
}
VALUES: dict[str, Any] = {"a": True, "n": 7, "s": "x", "m": Money(100, "USD"), "tags": ["x", "y"]}
VALUES |= {"at": datetime(2026, 1, 1, tzinfo=UTC), "long": timedelta(days=1)}
LANGUAGE = Language(TYPES)
WORDS: tuple[str, ...] = (
    *TYPES,
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    " && ",
    " || ",
    "!",
    "-",
    " + ",
    " == ",
    " in ",
    " ? ",
    " : ",
)
WORDS += (
    "size(",
    "tags.exists(t, ",
    "tags.all(t, ",
    "t == ",
    '"',
    "'",
    'b"',
    'r"',
    '"""',
    "\\",
    "\\ud800",
    "1",
    "0x",
    "1u",
    "1.5",
)
WORDS += (
    "9223372036854775807",
    "9" * 40,
    "null",
    "true",
    "a.b.c",
    "at.getFullYear()",
    " > ",
    "\x00",
    "\ud800",
    "//",
    "\n",
    "%",
    "/ 0",
)


def holds(source: str) -> object:
    found = LANGUAGE.compile(source)
    assert isinstance(found, Expression)
    told = found.holds(LANGUAGE.scope(VALUES))
    assert isinstance(told, bool | Unknown)
    return None


NESTED = "tags.exists(a1, tags.exists(a2, tags.exists(a3, tags.exists(a4, tags.exists(a5, a1 == 'z')))))"
DOORS = [
    Door(
        "condition",
        words(*WORDS),
        holds,
        (Faulty,),
        once=(
            "(" * 2_000,
            "!" * 2_000 + "a",
            "-" * 2_000 + "n",
            "\ud800",
            "a\x00",
            "[" * 2_000,
            "n / 0 == 1",
            "n % 0 == 1",
        ),
        long=(
            "a && " * 20_000 + "a",
            "a ? a : " * 5_000 + "a",
            '"' + "x" * 1_000_000 + '" == s',
            NESTED,
            "(" * 100_000,
            "s" + " + s" * 3_000 + " == s",
        ),
    )
]
