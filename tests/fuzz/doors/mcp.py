"""Messages to our own MCP server."""

import json
from collections.abc import Mapping
from typing import Any

from tests.fuzz.door import Door
from tests.fuzz.mutating import jsons

from deskhand.entrypoints.mcp.protocol import Server, Tool

ECHO = Tool(
    "echo",
    "Says it again.",
    {"text": "what", "more": "texts"},
    lambda given: dict(given),
    frozenset({"more"}),
    frozenset({"more"}),
)
SERVER = Server({"echo": ECHO}, "For tests.", json.dumps)
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "echo", "arguments": {"text": "x", "more": {"a": "b"}}},
}
HELLO = {"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": {"protocolVersion": "2025-06-18"}}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}


def answered(message: Any) -> object:
    found = SERVER.answer(message)
    assert found is None or isinstance(found, Mapping)
    json.dumps(found)
    return None


DOORS = [
    Door(
        "message of MCP",
        jsons(CALL) | jsons(HELLO) | jsons(LIST),
        answered,
        once=(None, [], {**CALL, "params": {"name": ["echo"]}}, {**CALL, "id": None}, {**CALL, "params": []}),
    )
]
