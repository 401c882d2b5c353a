"""Tools of MCP servers as look-ups: bound to the customer, typed, and only as a person has seen them."""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from deskhand.connectors.own.mcp import OwnMcp
from deskhand.connectors.own.tool_schema import misfits
from deskhand.domain.errors import Invalid
from deskhand.domain.finding import Finding, LookupSpec, Value
from deskhand.domain.own_call import ToolCall

PREFIX = "tools."
TYPES: Mapping[str, type] = {"str": str, "int": int, "bool": bool, "datetime": datetime}
ARGUMENTS: Mapping[str, type[str] | type[int]] = {"str": str, "int": int}
CUSTOMER = ("customer.email", "customer.id")
ARGUMENT = "argument."
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 4_000  # characters of one text
FRESH = timedelta(minutes=1)  # how long a list of tools is taken for what the server has


@dataclass(frozen=True)
class ToolQuestion:
    """`binds` says what each argument of the tool stands for: "customer.email", "customer.id" or "argument.x";
    `arguments` types of those, "str" where not said. `rows` names a list in the answer, each of whose objects is a row;
    without it the answer is the only one. `found` names what in the answer says whether there is any.

    `approved` is the digest of the tool's name and schemas as a person has seen them.
    """

    name: str
    about: str
    system: str
    tool: str
    binds: Mapping[str, str]
    arguments: Mapping[str, str]
    fields: Mapping[str, str]
    rows: str
    most: int
    found: str
    approved: str

    def faults(self) -> Iterator[str]:
        """What is wrong with it before any server is asked."""
        if not NAME.fullmatch(self.name):
            yield "its name is to be small letters, digits and _"
        if "found" in self.fields:
            yield "the field 'found' is there by itself: say which part of the answer tells it with found = "
        for kinds, known in ((self.fields, TYPES), (self.arguments, ARGUMENTS)):
            for name, kind in kinds.items():
                if kind not in known:
                    yield f"unknown type {kind!r} of {name}; there are {', '.join(known)}"
        own = self._own()
        for bind in self.binds.values():
            if bind not in CUSTOMER and not NAME.fullmatch(bind.removeprefix(ARGUMENT) if ARGUMENT in bind else ""):
                yield f"{bind!r} is neither {' nor '.join(CUSTOMER)} nor an argument"
        if not any(bind in CUSTOMER for bind in self.binds.values()):
            yield f"no argument is bound to {' or '.join(CUSTOMER)}: it would tell of anybody"
        for name in sorted(set(self.arguments) - set(own)):
            yield f"the argument {name!r} is in no bind"

    def spec(self) -> LookupSpec:
        arguments = {name: ARGUMENTS[self.arguments.get(name, "str")] for name in self._own()}
        columns = {name: TYPES[kind] for name, kind in self.fields.items()}
        return LookupSpec(PREFIX + self.name, self.about, arguments, {"found": bool, **columns}, columns)

    def call(self, values: Mapping[str, str]) -> ToolCall:
        """`Invalid` for an argument that is not of its type."""
        try:
            return ToolCall(self.tool, {name: self._sent(bind, values[bind]) for name, bind in self.binds.items()})
        except (KeyError, ValueError) as error:
            raise Invalid(f"{PREFIX}{self.name}: an argument is not of its type: nothing was asked") from error

    def changed(self, tools: Mapping[str, Mapping[str, Any]]) -> str:
        """Why this tool may not be asked; "" when it is the one that a person has seen, and fits."""
        if self.tool not in tools:
            return f"the server has no tool {self.tool}"
        seen = digest_of(self.tool, tools[self.tool])
        if self.approved != seen:
            what = "is not the one that was approved" if self.approved else "is not approved yet"
            takes = json.dumps(tools[self.tool].get("inputSchema") or {}, sort_keys=True)[:600]
            return f'the tool {self.tool} {what}. It takes {takes}. Look at it, then write approved = "{seen}"'
        sample = self.call(dict.fromkeys(self.binds.values(), "1")).arguments
        return "; ".join(misfits(sample, tools[self.tool].get("inputSchema") or {}))

    def typed(self, answer: Any) -> tuple[bool, tuple[Mapping[str, Value], ...]]:
        """Whether there is anything, and the rows. ValueError, KeyError or TypeError when the answer is another."""
        if not isinstance(answer, dict):
            raise TypeError("no object")
        there = answer[self.found] if self.found else True
        if not isinstance(there, bool):
            raise TypeError(f"{self.found} is neither true nor false")
        if not there:
            return False, ()
        if not self.rows:
            return True, (self._row(answer),)
        if not isinstance(answer[self.rows], list):
            raise TypeError(f"{self.rows} is no list")
        rows = tuple(self._row(one) for one in answer[self.rows][: self.most])
        return bool(rows), rows

    def _row(self, raw: Mapping[str, Any]) -> Mapping[str, Value]:
        """What is null or left out is unknown."""
        return {name: _value(raw[name], kind) for name, kind in self.fields.items() if raw.get(name) is not None}

    def _own(self) -> list[str]:
        given = [one.removeprefix(ARGUMENT) for one in self.binds.values() if one.startswith(ARGUMENT)]
        return list(dict.fromkeys(given))

    def _sent(self, bind: str, value: str) -> str | int:
        return ARGUMENTS[self.arguments.get(bind.removeprefix(ARGUMENT), "str")](value)


class ToolLookUps:
    """See `ports.reads.Records`, of tools. A list of tools that is older than a minute is asked for again first."""

    system = "tools"

    def __init__(self, questions: Sequence[ToolQuestion], servers: Mapping[str, OwnMcp], clock: Callable[[], datetime]):
        self._questions, self._servers, self._clock = {one.name: one for one in questions}, servers, clock
        self._lists: dict[str, tuple[datetime, Mapping[str, Mapping[str, Any]]]] = {}
        self._lock = threading.Lock()

    def questions(self) -> tuple[LookupSpec, ...]:
        return tuple(one.spec() for one in self._questions.values())

    def ask(self, question: str, values: Mapping[str, str]) -> Finding:
        """`Invalid` when the tool is not the one that was approved, or its answer not of the declared types: better no
        answer than a wrong one."""
        one = self._questions[question]
        call = one.call(values)
        if self._why_not(one):
            raise Invalid(f"{PREFIX}{one.name}: its tool changed since a person looked at it: nothing was asked")
        read = self._servers[one.system].ask(call)
        try:
            found, rows = one.typed(read.value)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Invalid(f"{PREFIX}{one.name}: the answer is not of its declared types") from error
        first = rows[0] if rows else {}
        return Finding(PREFIX + one.name, {"found": found, **first}, rows, one.system, read.read_at)

    def _why_not(self, one: ToolQuestion) -> str:
        now = self._clock()
        with self._lock:
            listed = self._lists.get(one.system)
        if listed is None or not timedelta() <= now - listed[0] <= FRESH:
            listed = (now, self._servers[one.system].described())
            with self._lock:
                self._lists[one.system] = listed
        return one.changed(listed[1])


def digest_of(tool: str, described: Mapping[str, Any]) -> str:
    """Of its name and of what it takes and gives. Its description is left out: nobody is shown it."""
    told = [tool, described.get("inputSchema"), described.get("outputSchema")]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _value(raw: Any, name: str) -> Value:
    """Exactly of its type: a yes that is a 1 or a text is none."""
    kind = TYPES[name]
    if kind is datetime:
        at = datetime.fromisoformat(raw)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if type(raw) is not kind or (isinstance(raw, str) and len(raw) > LONGEST):
        raise ValueError(f"no {name}, or too long")
    return cast(Value, raw)
