"""Every pattern of the package against texts that are made to keep it busy. Run by `test_patterns.py`, in a process of
its own: prints how many patterns and texts there are, and each pattern that took more time than such a text may.

Of each repetition in a pattern a text is made that leads up to it, goes on with what it repeats, and ends with what
does not fit. A linear pattern needs well under a millisecond for that, one that goes back and forth far more.
"""

import ast
import importlib
import json
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import deskhand
from deskhand.domain import expression
from deskhand.procedures import look_up_text

LETTERS = 20_000  # of a text
SECONDS = 0.1  # of the processor
SHORTER = {  # what reaches these was found to be no longer
    "expression:sub": expression.LONGEST,
    "deskhand.policy.english.COMPARED": expression.LONGEST,
    "deskhand.procedures.look_up_text.ARGUMENT": look_up_text.LONGEST,
}
SAMPLES = "a0 .-_@/\n,:A\"'(<[{\u00e9\t=%&#x?!;1\u00df" + "".join(map(chr, range(33, 0x250)))
FITS = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
MANY = 50  # a repetition of fewer is no way to keep anybody busy
SOURCES = {file: file.read_text("utf-8") for file in Path(deskhand.__path__[0]).rglob("*.py")}


class Slow(Exception):
    """The time for one text is over."""


def patterns() -> dict[tuple[str, int], str]:
    """What stands in any module, in whatever it stands; by text and flags, where."""
    found: dict[tuple[str, int], str] = {}
    for module in pkgutil.walk_packages(deskhand.__path__, "deskhand."):
        if not module.name.endswith(("__main__", "migrations.env")):
            for name, value in vars(importlib.import_module(module.name)).items():
                for one in held(value):
                    found.setdefault((one.pattern, one.flags), f"{module.name}.{name}")
    for file, text in SOURCES.items():
        for way, pattern in written(text):
            found.setdefault((pattern, re.compile(pattern).flags), f"{file.stem}:{way}")
    return found


def written(source: str) -> Iterator[tuple[str, str]]:
    """Patterns that are used where they stand, such as re.sub("...", ...), by the way they are used."""
    for node in ast.walk(ast.parse(source)) if "re." in source else ():
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), way), [ast.Constant(str(pattern)), *_]) if way != "compile":
                yield way, pattern


def held(value: object, depth: int = 4) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth:
        fields = getattr(type(value), "__dataclass_fields__", None)
        inner: list[Any] = []
        if isinstance(value, dict):
            inner = [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            inner = list(value)
        elif isinstance(fields, dict):
            inner = [getattr(value, name, None) for name in fields]
        for one in inner:
            yield from held(one, depth - 1)


def ways(where: str) -> set[str]:
    """How the modules that know it use it: from the beginning alone, or anywhere in a text."""
    if ":" in where:
        return {where.partition(":")[2]} & {"match", "fullmatch"} or {"search"}
    module, _, name = where.rpartition(".")
    own = module.replace(".", "/") + ".py"
    brought = re.compile(rf"from {re.escape(module)} import [^\n]*\b{name}\b")
    texts = [text for file, text in SOURCES.items() if str(file).endswith(own) or brought.search(text)]
    used = {
        one for text in texts for one in re.findall(rf"\b{name}\.(match|fullmatch|search|sub|split|find\w+)\(", text)
    }
    return used if used and used <= {"match", "fullmatch"} else {"search"}


def sample(sequence: Any) -> str:
    return "".join(example(kind, inner) for kind, inner in sequence)


def example(kind: Any, inner: Any) -> str:
    """A text that this part fits."""
    if kind is kinds.LITERAL:
        return chr(inner)
    if kind is kinds.NOT_LITERAL:
        return str(next(one for one in SAMPLES if ord(one) != inner))
    if kind is kinds.ANY:
        return "a"
    if kind is kinds.IN:
        return str(next((one for one in SAMPLES if among(inner, one)), ""))
    if kind is kinds.BRANCH:
        return sample(inner[1][0])
    if kind is kinds.SUBPATTERN:
        return sample(inner[3])
    if kind is kinds.ATOMIC_GROUP:
        return sample(inner)
    if kind in REPEATS:
        return sample(inner[2]) * int(max(inner[0], min(inner[1], 1)))
    return ""


def among(members: Any, letter: str) -> bool:
    negated = found = False
    for kind, inner in members:
        if kind is kinds.NEGATE:
            negated = True
        elif kind is kinds.LITERAL:
            found |= ord(letter) == inner
        elif kind is kinds.RANGE:
            found |= inner[0] <= ord(letter) <= inner[1]
        elif kind is kinds.CATEGORY:
            found |= bool(re.match(FITS[inner], letter))
    return found is not negated


def pumps(sequence: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Of each repetition: what leads up to it, and what it repeats."""
    for kind, inner in sequence:
        if kind in REPEATS:
            if inner[1] >= MANY:
                yield before, sample(inner[2])
            yield from pumps(inner[2], before)
        elif kind is kinds.SUBPATTERN:
            yield from pumps(inner[3], before)
        elif kind is kinds.ATOMIC_GROUP:
            yield from pumps(inner, before)
        elif kind is kinds.BRANCH:
            for branch in inner[1]:
                yield from pumps(branch, before)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from pumps(inner[1], before)
        before += example(kind, inner)


def late(*_: object) -> None:
    raise Slow


def busy(found: dict[tuple[str, int], str]) -> tuple[int, list[str]]:
    texts, slow = 0, set[str]()
    signal.signal(signal.SIGVTALRM, late)
    for (pattern, flags), where in found.items():
        compiled = re.compile(pattern, flags)
        for way in ways(where):
            for before, again in sorted({pump for pump in pumps(parser.parse(pattern, flags)) if pump[1]}):
                text = before + again * (SHORTER.get(where, LETTERS) // len(again)) + "\x01"
                texts += 1
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                try:
                    getattr(compiled, way)(text)
                except Slow:
                    slow.add(f"{where}: {before[:20]!r}, then {again[:20]!r} again and again")
                finally:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return texts, sorted(slow)


if __name__ == "__main__":
    every = patterns()
    asked, faults = busy(every)
    print(json.dumps({"patterns": len(every), "texts": asked, "slow": faults}))
