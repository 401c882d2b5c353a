"""What is asked of a language model, and the ways in which no answer comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from deskhand.domain.digest import digest
from deskhand.domain.model_call import Purpose


class Unfit(Exception):
    """What a model wants makes no sense as it stands. The text is for the model, which may try again."""


class NoAnswer(Exception):
    """No model gave a usable answer. `why` is one word: down, timeout, nonsense, budget or missing."""

    def __init__(self, why: str, detail: str = ""):
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why


@dataclass(frozen=True)
class Tool:
    """Something a model may do while it thinks. `perform` takes checked arguments and gives text for the model; it
    raises `Unfit` when they are of no use."""

    name: str
    about: str
    arguments: type[BaseModel]
    perform: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Question:
    """`system` is the same for every message of a desk, so that providers can cache it; `case` is this message's.

    The answer is of one of the types in `answers`. `check` says what is wrong with an answer, or "": the model may
    then try again. `procedures` are those it is told of, as "id@digest".
    """

    purpose: Purpose
    system: str
    case: str
    answers: tuple[type[BaseModel], ...]
    tools: tuple[Tool, ...] = ()
    check: Callable[[BaseModel], str] = field(default=lambda answer: "")
    procedures: tuple[str, ...] = ()

    @property
    def prompt(self) -> str:
        """The digest of all that is the same for every message."""
        tools = [[tool.name, tool.about, shape(tool.arguments)] for tool in self.tools]
        return digest([self.system, tools, [shape(answer) for answer in self.answers]])


@cache
def shape(kind: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a type."""
    return kind.model_json_schema()


def performed(tool: Tool, arguments: object) -> str:
    """What the tool finds with these arguments. `Unfit` when they are not of its shape."""
    try:
        checked = tool.arguments.model_validate(arguments)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc'])) or tool.name}: {one['msg']}" for one in error.errors())
        raise Unfit(wrong) from error
    return tool.perform(checked.model_dump())
