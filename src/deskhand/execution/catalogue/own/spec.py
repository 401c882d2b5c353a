"""An action file as checked values, made by `reading.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deskhand.domain.own_call import Call, HttpCall, ToolCall
from deskhand.execution.catalogue.own.arguments import Argument
from deskhand.execution.catalogue.own.fields import Field
from deskhand.execution.catalogue.own.templates import Path, Tree, Words
from deskhand.execution.kind import Nature, Recovery


@dataclass(frozen=True)
class HttpRequest:
    """`key_in`: where in the body our key is put, if anywhere."""

    method: str
    path: Path
    body: Tree | None = None
    key_in: str = ""
    bare: bool = False

    def call(self, values: Mapping[str, Any], mark: str) -> Call:
        body = self.body.fill(values) if self.body else None
        if self.key_in:
            body = _with(body or {}, self.key_in, mark)
        segments = tuple(one.fill(values) for one in self.path.segments)
        query = tuple((name, one.fill(values)) for name, one in self.path.query)
        return HttpCall(self.method, segments, query, body, self.bare)


@dataclass(frozen=True)
class ToolRequest:
    """`key_in`: where in the tool's arguments our key is put, if anywhere."""

    tool: str
    arguments: Tree
    key_in: str = ""

    def call(self, values: Mapping[str, Any], mark: str) -> Call:
        arguments = self.arguments.fill(values)
        return ToolCall(self.tool, _with(arguments, self.key_in, mark) if self.key_in else arguments)


Request = HttpRequest | ToolRequest


@dataclass(frozen=True)
class Look:
    """`found`: where the answer says yes or no; without it an answer is a yes."""

    request: Request
    found: str = ""


@dataclass(frozen=True)
class Find:
    """`list`: where the effects stand; `key`: where each has our key."""

    request: Request
    list: str
    key: str


@dataclass(frozen=True)
class Owner:
    """`path` to an e-mail address, or to the id of a customer of `of` (system and kind)."""

    path: str
    of: tuple[str, str] | None = None


@dataclass(frozen=True)
class Proof:
    """What a receipt is made of."""

    id: str
    details: Mapping[str, Field]


@dataclass(frozen=True)
class WayBack:
    """`arguments`: names of ours, `receipt.<name>`, or quoted texts, by the arguments of `action`."""

    action: str
    arguments: Mapping[str, str]
    within: timedelta


@dataclass(frozen=True)
class OwnSpec:
    """`key`: "ticket" and names of arguments. `undo` is a way back, or why there is none."""

    id: str
    title: str
    about: str
    nature: Nature
    system: str
    arguments: Mapping[str, Argument]
    money: str
    look: Look | None
    facts: Mapping[str, Field]
    shows: Mapping[str, Field]
    owner: Owner | None
    key: tuple[str, ...]
    sets: bool
    subject: Words
    preview: Words
    act: Request
    recovery: Recovery
    find: Find | None
    receipt: Proof | None
    deeds: tuple[str, ...]
    undo: WayBack | str

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every call it may make."""
        looks = [one.request for one in (self.look, self.find) if one]
        return (*looks, self.act)


def _with(body: Mapping[str, Any], path: str, value: str) -> dict[str, Any]:
    """A copy in which `value` stands at the path."""
    step, _, rest = path.partition(".")
    return {**body, step: _with(body.get(step) or {}, rest, value) if rest else value}
