"""Planning without native tools: the model says in JSON either which tools it wants, or its answer."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Union

from pydantic import BaseModel, ConfigDict, Field, create_model

from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.llm.question import Tool, Unfit, performed, shape


class Call(BaseModel):
    """One tool to use, with its arguments."""

    model_config = ConfigDict(extra="forbid")

    name: str
    arguments: dict[str, Any] = {}


class Move(BaseModel):
    """Either calls, whose results come next, or the answer."""

    model_config = ConfigDict(extra="forbid")

    calls: list[Call] = Field(default=[], max_length=5)
    answer: BaseModel | None = None


@cache
def move_of(answers: tuple[type[BaseModel], ...]) -> type[Move]:
    """A move whose answer is of one of these types."""
    either: Any = Union[answers]  # noqa: UP007  (the types are known at run time only)
    return create_model("Move", __base__=Move, answer=(either | None, None))


def menu(tools: Sequence[Tool]) -> str:
    """The tools on offer, as a model reads them."""
    if not tools:
        return ""
    return "\n".join(("Tools that you may ask for in `calls`:", *map(_offer, tools)))


def _offer(tool: Tool) -> str:
    """Short: small models read slowly, and what does not fit is told when it is tried."""
    fields = shape(tool.arguments).get("properties", {})
    return f"- {tool.name}({', '.join(f'{name}: {_kind(one)}' for name, one in fields.items())}): {tool.about}"


def _kind(field: Mapping[str, Any]) -> str:
    about = f", {field['description']}" if "description" in field else ""
    return f"{'whole number' if field['type'] == 'integer' else 'text'}{about}"


def result(tools: Sequence[Tool], call: Call) -> str:
    """What a call led to, as the model's next message."""
    tool = next((tool for tool in tools if tool.name == call.name), None)
    if tool is None:
        return f"{call.name!r} is no tool. There are: {', '.join(one.name for one in tools) or 'none'}."
    try:
        return f"{tool.name}:\n{performed(tool, call.arguments)}"
    except Unfit as error:
        return f"{tool.name} was not used: {error}"
    except DeskhandError:
        return f"The system behind {tool.name} did not answer."


def snake(name: str) -> str:
    """HandOver -> hand_over."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
