"""The same stand-in as an MCP server: tools over JSON-RPC, with sessions that it may forget."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.own.twin import OwnTwin, Refusal, allowed, refused

Json = dict[str, Any]
VERSION = "2025-06-18"
TEXT = {"type": "string"}


def takes(*names: str) -> Json:
    return {
        "type": "object",
        "properties": dict.fromkeys(names, TEXT),
        "required": list(names),
        "additionalProperties": False,
    }


SCHEMAS: Mapping[str, Json] = {
    "get_order": takes("order"),
    "order_events": takes("order"),
    "cancel_order": takes("order", "reason", "key"),
}


class McpTwin:
    """`app` answers at /mcp. `streamed`: answers come as events; `fails`: tools that fail once they have done it."""

    def __init__(self, shop: OwnTwin, *, streamed: bool = False):
        self.shop, self.streamed = shop, streamed
        self.sessions: set[str] = set()
        self.fails: set[str] = set()
        self.app = Starlette(routes=[Route("/mcp", self.post, methods=["POST"])], exception_handlers={Refusal: refused})

    async def post(self, request: Request) -> Response:
        allowed(request)
        asked = await request.json()
        if asked["method"] == "initialize":
            session = secrets.token_hex(8)
            self.sessions.add(session)
            hello = {
                "protocolVersion": VERSION,
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "twin", "version": "1"},
            }
            return self.answer(asked, {"result": hello}, {"mcp-session-id": session})
        if request.headers.get("mcp-session-id") not in self.sessions:
            return Response(status_code=404)
        match asked["method"]:
            case "tools/list":
                tools = [{"name": name, "inputSchema": schema} for name, schema in SCHEMAS.items()]
                return self.answer(asked, {"result": {"tools": tools}})
            case "tools/call":
                return self.answer(asked, self.called(asked["params"]["name"], asked["params"]["arguments"]))
            case "notifications/initialized":
                return Response(status_code=202)
            case _:
                return self.answer(asked, {"error": {"code": -32601, "message": "no such method"}})

    def called(self, tool: str, arguments: Json) -> Json:
        schema = SCHEMAS.get(tool)
        if schema is None or set(arguments) != set(schema["required"]):
            return {"error": {"code": -32602, "message": "no such tool, or other arguments"}}
        tools: Mapping[str, Callable[[Json], Json]] = {
            "get_order": self.get_order,
            "order_events": lambda one: {"events": self.shop.done(one["order"])},
            "cancel_order": lambda one: self.shop.do("cancel", self.shop.cancel, {"id": one["order"]}, one, one["key"]),
        }
        try:
            done = tools[tool](arguments)
        except Refusal as error:
            return {"result": {"content": [{"type": "text", "text": json.dumps(error.body)}], "isError": True}}
        if tool in self.fails:
            return {"result": {"content": [{"type": "text", "text": "out of memory"}], "isError": True}}
        return {"result": {"content": [{"type": "text", "text": json.dumps(done)}], "structuredContent": done}}

    def get_order(self, asked: Json) -> Json:
        found = self.shop.store.get("order", asked["order"])
        return {"found": found is not None, **(found or {})}

    def answer(self, asked: Json, answer: Json, headers: Mapping[str, str] | None = None) -> Response:
        body = {"jsonrpc": "2.0", "id": asked["id"], **answer}
        if not self.streamed:
            return JSONResponse(body, headers=dict(headers or {}))
        note = json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info"}})
        text = f"event: message\ndata: {note}\n\nevent: message\ndata: {json.dumps(body)}\n\n"
        return Response(text, media_type="text/event-stream", headers=dict(headers or {}))
