"""Small models say a tool call instead of making it. Said exactly, it counts; anything else is left as it is."""

import json
from dataclasses import dataclass, replace
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

OPENINGS = ("```json", "```", "<tool_call>")
ENDINGS = ("```", "</tool_call>")


@dataclass(init=False)
class SpokenCalls(WrapperModel):
    """A text that is one JSON object {"name", "arguments"} of an offered tool becomes the call. Arguments are held to
    the tool's schema like those of any call, so nothing is guessed."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        response = await super().request(messages, model_settings, model_request_parameters)
        tools = (*model_request_parameters.function_tools, *model_request_parameters.output_tools)
        return _repaired(response, frozenset(tool.name for tool in tools))


def _repaired(response: ModelResponse, names: frozenset[str]) -> ModelResponse:
    if not names or any(isinstance(part, ToolCallPart) for part in response.parts):
        return response
    texts = [part for part in response.parts if isinstance(part, TextPart)]
    call = spoken_call("".join(part.content for part in texts), names)
    if call is None:
        return response
    others = [part for part in response.parts if not isinstance(part, TextPart)]
    return replace(response, parts=[*others, ToolCallPart(call[0], call[1])])


def spoken_call(text: str, names: frozenset[str]) -> tuple[str, dict[str, Any]] | None:
    """The name and the arguments that a text speaks of, or None when it is not exactly one call of a known tool."""
    bare = text.strip()
    for opening in OPENINGS:
        bare = bare.removeprefix(opening)
    for ending in ENDINGS:
        bare = bare.removesuffix(ending)
    try:
        said = json.loads(bare, object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):  # the latter: brackets without end
        return None
    match said:
        case {"name": str(name), "arguments": dict(arguments), **rest} if not rest and name in names:
            return name, arguments
        case {"function": {"name": str(name), "arguments": dict(arguments), **more}, **rest} if not (more or rest):
            return (name, arguments) if name in names else None
        case _:
            return None


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """ValueError when a name is given twice: which of the two is meant would be a guess."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name is given twice")
    return dict(pairs)
