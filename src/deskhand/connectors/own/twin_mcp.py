"""The MCP face of the stand-in: tools over JSON-RPC, with sessions that it may forget."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]
Tool = tuple[tuple[str, ...], Callable[[Json], Json]]  # the texts that it takes, all of them, and what it does
VERSION = "2025-06-18"


class ToolRefused(Exception):
    """A tool says no, in these words."""


class McpTwin:
    """`streamed`: answers come as events; `fails`: tools that fail once they have done it; `sessions`: those that are
    known, which may be forgotten."""

    def __init__(self, tools: Mapping[str, Tool]):
        self.tools = tools
        self.streamed = False
        self.sessions: set[str] = set()
        self.fails: set[str] = set()

    async def post(self, request: Request) -> Response:
        asked = await request.json()
        if asked["method"] == "initialize":
            session = secrets.token_hex(8)
            self.sessions.add(session)
            server = {"name": "twin", "version": "1"}
            hello = {"protocolVersion": VERSION, "capabilities": {"tools": {}}, "serverInfo": server}
            return self.answer(asked, {"result": hello}, {"mcp-session-id": session})
        if request.headers.get("mcp-session-id") not in self.sessions:
            return Response(status_code=404)
        match asked["method"]:
            case "tools/list":
                tools = [{"name": name, "inputSchema": schema_of(takes)} for name, (takes, _) in self.tools.items()]
                return self.answer(asked, {"result": {"tools": tools}})
            case "tools/call":
                return self.answer(asked, self.called(asked["params"]["name"], asked["params"]["arguments"]))
            case "notifications/initialized":
                return Response(status_code=202)
            case _:
                return self.answer(asked, {"error": {"code": -32601, "message": "no such method"}})

    def called(self, name: str, arguments: Json) -> Json:
        takes, deed = self.tools.get(name, ((), None))
        if deed is None or set(arguments) != set(takes):
            return {"error": {"code": -32602, "message": "no such tool, or other arguments"}}
        try:
            done = deed(arguments)
        except ToolRefused as refusal:
            return {"result": {"content": [{"type": "text", "text": str(refusal)}], "isError": True}}
        if name in self.fails:
            return {"result": {"content": [{"type": "text", "text": "out of memory"}], "isError": True}}
        return {"result": {"content": [{"type": "text", "text": json.dumps(done)}], "structuredContent": done}}

    def answer(self, asked: Json, answer: Json, headers: Mapping[str, str] | None = None) -> Response:
        body = {"jsonrpc": "2.0", "id": asked["id"], **answer}
        if not self.streamed:
            return JSONResponse(body, headers=dict(headers or {}))
        note = json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info"}})
        text = f"event: message\ndata: {note}\n\nevent: message\ndata: {json.dumps(body)}\n\n"
        return Response(text, media_type="text/event-stream", headers=dict(headers or {}))


def schema_of(takes: tuple[str, ...]) -> Json:
    """JSON Schema of an object with these texts and nothing else."""
    texts = {one: {"type": "string"} for one in takes}
    return {"type": "object", "properties": texts, "required": list(takes), "additionalProperties": False}
