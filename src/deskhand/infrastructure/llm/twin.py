"""A stand-in for any server that speaks as OpenAI does: it answers as a good model would, from the prompt alone.

It knows nothing of the desk, so what works with it works through the prompt. The first segment of the path is its mood:
how servers and small models misbehave.
"""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from deskhand.infrastructure.llm.twin_answers import Answer, answer_to

PER_TOKEN = 3.5  # characters of English and JSON, roughly
HANG = 60.0
HUGE = 5_000_000
Think = Callable[[Mapping[str, Any]], Answer]


class ModelTwin:
    """An ASGI application. `think` is what it thinks; `heard` holds every request, `moods` counts them by mood. It is
    out of service for the requests whose numbers, from 1, are in `outage`.

    ok      answers                       down    503                    dies    503 after its first answer
    busy    429 twice, then answers       slow    answers after 0.5 s    hang    answers after a minute
    short   finish reason "length"        garbage no JSON                cut     the connection ends in mid-answer
    spoken  says its tool calls as text   chatty  talks instead          empty   says nothing
    away    401                           prose   calls unknown tools    later   429: come back in 30 s
    refuses says that it will not, with finish reason "content_filter"
    huge    talks for 5 MB                drip    a byte a second
    """

    def __init__(self, think: Think = answer_to):
        self.think = think
        self.heard: list[dict[str, Any]] = []
        self.moods: Counter[str] = Counter()
        self.outage = range(0)
        route = Route("/{mood}/v1/chat/completions", self._complete, methods=["POST"])
        self.app = Starlette(routes=[route])

    async def _complete(self, request: Request) -> Response:
        body, mood = await request.json(), request.path_params["mood"]
        self.heard.append(body)
        self.moods[mood] += 1
        out = len(self.heard) in self.outage
        await asyncio.sleep({"slow": 0.5, "hang": HANG}.get(mood, 0))
        if out or mood == "down" or (mood == "dies" and self.moods[mood] > 1):
            return JSONResponse({"error": {"message": "overloaded"}}, 503)
        if mood == "away":
            return JSONResponse({"error": {"message": "wrong key"}}, 401)
        if mood == "busy" and self.moods[mood] <= 2:
            return JSONResponse({"error": {"message": "slow down"}}, 429, {"retry-after": "0"})
        if mood == "later":
            return JSONResponse({"error": {"message": "slow down"}}, 429, {"retry-after": "30"})
        if mood == "garbage":
            return Response("<html>bad gateway</html>", media_type="text/html")
        text = json.dumps(completion(body, self.think(body), mood))
        if mood == "cut":
            return Response(text[: len(text) // 2], headers={"content-length": str(len(text))})
        if mood == "drip":
            return StreamingResponse(_dripping(text), media_type="application/json")
        return Response(text, media_type="application/json")


async def _dripping(text: str) -> AsyncIterator[str]:
    for letter in text:
        yield letter
        await asyncio.sleep(1)


def completion(body: Mapping[str, Any], answer: Answer, mood: str = "ok") -> dict[str, Any]:
    """What the server sends for this answer."""
    message, finish = _message(body, answer, mood)
    said = json.dumps(message)
    read = int(len(json.dumps([body["messages"], body.get("tools", [])], ensure_ascii=False)) / PER_TOKEN)
    usage = {"prompt_tokens": read, "completion_tokens": int(len(said) / PER_TOKEN)}
    return {
        "id": "twin",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": {"role": "assistant"} | message, "finish_reason": finish}],
        "usage": usage | {"total_tokens": sum(usage.values())},
    }


def _message(body: Mapping[str, Any], answer: Answer, mood: str) -> tuple[dict[str, Any], str]:
    if mood == "short":
        return {"content": "You were"}, "length"
    if mood == "refuses":
        return {"content": None}, "content_filter"
    if mood == "chatty":
        return {"content": "Sure! I would gladly help this customer with a refund."}, "stop"
    if mood == "huge":
        return {"content": "We care. " * (HUGE // 9)}, "stop"
    if mood == "empty":
        return {"content": ""}, "stop"
    if mood == "spoken":
        said = {"name": answer.name, "arguments": answer.arguments}
        return {"content": f"```json\n{json.dumps(said)}\n```"}, "stop"
    if mood == "prose":
        answer = Answer("refund_everything", {}, tool=True)
    if not body.get("tools"):
        return {"content": json.dumps(answer.in_json)}, "stop"
    call = {"name": answer.name, "arguments": json.dumps(answer.arguments)}
    made = {"id": f"call_{len(body['messages'])}", "type": "function", "function": call}
    return {"content": None, "tool_calls": [made]}, "tool_calls"


def serve() -> None:
    """On a free port of 127.0.0.1, told on standard output, until the process is ended."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        print(door.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(ModelTwin().app, log_level="critical", lifespan="off")).run([door])
