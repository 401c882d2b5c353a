"""The condition language that policy and procedures share: CEL over flat, typed names, checked before it runs.

The one file that knows the engine. A condition is true, false, or cannot be told; what cannot be told never allows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from cel_expr_python import cel

from deskhand.domain.money import Money

# Left out of the language: what blinds the type checker, and what can fail on a misspelt literal at run time.
MACROS = ["has", "map", "filter"]
FUNCTIONS = ["dyn", "type", "duration", "timestamp", "matches", "bool", "bytes", "double", "int", "string", "uint"]
CONFIG = f"stdlib:\n  exclude_macros: {MACROS}\n  exclude_functions:\n" + "".join(f"  - name: {f}\n" for f in FUNCTIONS)
CEL_TYPES = {
    bool: cel.Type.BOOL,
    int: cel.Type.INT,
    str: cel.Type.STRING,
    Money: cel.Type.INT,
    datetime: cel.Type.TIMESTAMP,
    timedelta: cel.Type.DURATION,
    list[str]: cel.Type.List(cel.Type.STRING),
}
LONGEST = 2_000  # letters of a condition: nobody reads more. The engine bounds depth and iterations itself.
NAME = re.compile(r"[a-z_]\w*(?:\.\w+)*")
STRING = re.compile(r'"[^"]*"|\'[^\']*\'')


class Faulty(Exception):
    """The text is no condition of this language: `str` says where and why."""


@dataclass(frozen=True)
class Unknown:
    """A condition that cannot be told, and why."""

    why: str


@dataclass(frozen=True)
class Expression:
    """A checked condition. `names` are the facts it speaks of, in order."""

    source: str
    names: tuple[str, ...]
    program: Any

    def holds(self, scope: "Scope") -> bool | Unknown:
        """Whether it is true of these values. Never raises."""
        try:
            result = self.program.eval(scope.activation)
        except RuntimeError as error:  # the engine's own limit, such as its iteration budget
            return Unknown(str(error))
        return bool(result.value()) if result.type() == cel.Type.BOOL else Unknown(str(result.value()))


@dataclass(frozen=True)
class Scope:
    """Values under names, made once for all conditions that are asked of them."""

    values: Mapping[str, Any]
    activation: Any


class Language:
    """The names that may be used, each with its type: bool, int, str, Money, datetime, timedelta or list[str]."""

    def __init__(self, types: Mapping[str, type]):
        self.types = dict(types)
        self._known = frozenset(types.items())
        self.environment = _environment(self._known)

    def compile(self, source: str) -> Expression:
        """The condition, or `Faulty` for wrong syntax, unknown names, wrong types, or anything but true or false."""
        if len(source) > LONGEST:
            raise Faulty(f"has {len(source):,} letters, and {LONGEST:,} are the most: make several rules of it")
        if any("\ud800" <= one <= "\udfff" for one in source):
            raise Faulty("half of a letter (a surrogate) stands in it")
        program = _program(self._known, str(source))
        words = NAME.findall(re.sub(r"\s*\.\s*", ".", STRING.sub("", source)))
        named = [name for word in words if (name := self._fact(word))]
        return Expression(source, tuple(dict.fromkeys(named)), program)

    def _fact(self, word: str) -> str:
        """The fact that a dotted word begins with, such as `signal.risks` in `signal.risks.exists`; "" for none."""
        parts = word.split(".")
        beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((one for one in beginnings if one in self.types), "")

    def scope(self, values: Mapping[str, Any]) -> Scope:
        """Values for these names; what is left out is unknown. TypeError for a name or a type that does not fit."""
        for name, value in values.items():
            if name not in self.types or not fits(value, self.types[name]):
                raise TypeError(f"{name} = {value!r} does not fit {self.types.get(name)}")
        plain = {name: value.minor if isinstance(value, Money) else value for name, value in values.items()}
        return Scope(values, self.environment.Activation(plain))


@cache
def _config() -> Any:
    return cel.NewEnvConfigFromYaml(CONFIG)


# The same rules are read again and again: by each version of a policy that is tried, and each desk that is opened.
@lru_cache(500)
def _environment(known: frozenset[tuple[str, type]]) -> Any:
    return cel.NewEnv(config=_config(), variables={name: CEL_TYPES[kind] for name, kind in known})


@lru_cache(5000)
def _program(known: frozenset[tuple[str, type]], source: str) -> Any:
    try:
        program = _environment(known).compile(source)
    except RuntimeError as error:
        first = str(error).split("\n")[0]
        text = re.sub(r"^.{0,200}?<input>:\d{1,9}:(\d{1,9}): ", r"column \1: ", first)
        raise Faulty(text.replace(" (in container '')", "")) from None
    if program.return_type() != cel.Type.BOOL:
        raise Faulty(f"is {program.return_type().name()}, not true or false")
    return program


def fits(value: object, kind: Any) -> bool:
    """Exact: True is no int, a tuple is no list, a time without a zone is no time. The engine checks none of these."""
    if kind == list[str]:
        return type(value) is list and all(type(item) is str for item in value)
    if kind is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    return type(value) is kind
