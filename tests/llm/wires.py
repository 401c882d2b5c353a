"""Stand-ins for the other wire formats: each knows one deed of its provider, an answer by way of a tool."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Call = tuple[str, Mapping[str, Any]]  # the name of a tool, and arguments
READ, CACHED, SAID = 1000, 800, 20  # tokens


@dataclass
class Wire:
    """`calls` are made one after the other; `heard` is what was asked, with the path of each request."""

    calls: list[Call]
    speak: Callable[[Call], dict[str, Any]]
    path: str
    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route(self.path, self._answer, methods=["POST"])])

    async def _answer(self, request: Request) -> Response:
        self.heard.append(json.loads(await request.body()))
        named = ("x-api-key", "x-goog-api-key", "authorization")
        self.keys.append(next((request.headers[name] for name in named if name in request.headers), ""))
        return JSONResponse(self.speak(self.calls[min(len(self.heard), len(self.calls)) - 1]))


def anthropic(call: Call) -> dict[str, Any]:
    usage = {"input_tokens": READ - CACHED, "cache_read_input_tokens": CACHED, "output_tokens": SAID}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": [{"type": "tool_use", "id": "toolu_1", "name": call[0], "input": call[1]}],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "usage": usage | {"cache_creation_input_tokens": 0},
    }


def google(call: Call) -> dict[str, Any]:
    part = {"functionCall": {"name": call[0], "args": call[1]}}
    usage = {"promptTokenCount": READ, "cachedContentTokenCount": CACHED, "candidatesTokenCount": SAID}
    return {
        "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": usage | {"totalTokenCount": READ + SAID},
        "modelVersion": "gemini-x",
        "responseId": "1",
    }


def mistral(call: Call) -> dict[str, Any]:
    made = {"id": "call_0001", "function": {"name": call[0], "arguments": json.dumps(call[1])}}
    message = {"role": "assistant", "content": "", "tool_calls": [made]}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "mistral-x",
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        "usage": {
            "prompt_tokens": READ,
            "completion_tokens": SAID,
            "total_tokens": READ + SAID,
            "prompt_tokens_details": {"cached_tokens": CACHED},
        },
    }


def bedrock(call: Call) -> dict[str, Any]:
    use = {"toolUse": {"toolUseId": "tooluse_1", "name": call[0], "input": call[1]}}
    usage = {"inputTokens": READ - CACHED, "outputTokens": SAID, "totalTokens": READ + SAID}
    return {
        "output": {"message": {"role": "assistant", "content": [use]}},
        "stopReason": "tool_use",
        "usage": usage | {"cacheReadInputTokens": CACHED, "cacheWriteInputTokens": 0},
        "metrics": {"latencyMs": 1},
    }
