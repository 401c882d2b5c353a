"""What a company's own MCP server answers."""

import json
from typing import Any

import httpx2
from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import header_texts, jsons, pieces
from tests.fuzz.signing import NOW

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.domain.errors import ConnectorError
from deskhand.domain.own_call import ToolCall

HELLO = {"jsonrpc": "2.0", "id": 1, "result": {"protocolVersion": "2025-11-25", "capabilities": {}}}
TOOLS = {"jsonrpc": "2.0", "id": 2, "result": {"tools": [{"name": "stock", "inputSchema": {"type": "object"}}]}}
CALLED = {"jsonrpc": "2.0", "id": 3, "result": {"content": [{"type": "text", "text": '{"left": 3}'}], "isError": False}}
SAMPLES = (HELLO, TOOLS, CALLED)


def asked(given: tuple[list[bytes], str]) -> object:
    """All three calls, each answered with one of these."""
    answers, media = iter(given[0]), given[1]

    def told(request: httpx2.Request) -> httpx2.Response:
        if b"notifications/" in request.content:
            return httpx2.Response(202)
        return httpx2.Response(200, headers=[(b"content-type", media.encode("latin-1"))], content=next(answers, b""))

    wire = Wire("https://own.example", transport=httpx2.MockTransport(told), patience=5.0)
    own = OwnMcp("own", wire, "/mcp", lambda: NOW)
    try:
        own.described()
        own.tools()
        return own.ask(ToolCall("stock", {})) and None
    finally:
        wire.close()


def streamed(value: Any) -> bytes:
    return b"event: message\ndata: " + json.dumps(value).encode() + b"\n\n"


def answer(sample: Any) -> st.SearchStrategy[bytes]:
    plain, changed = json.dumps(sample).encode(), jsons(sample)
    return st.one_of(
        st.just(plain), changed.map(lambda one: json.dumps(one).encode()), pieces([plain, streamed(sample)], [b"data:"])
    )


def all_of(*values: Any) -> tuple[list[bytes], str]:
    return [json.dumps(one).encode() for one in values], "application/json"


medias = st.sampled_from(["application/json", "application/json", "text/event-stream"]) | header_texts().filter(
    lambda one: one.isprintable()
)
DOORS = [
    Door(
        "MCP server of a company",
        st.tuples(st.tuples(*map(answer, SAMPLES)).map(list), medias),
        asked,
        (ConnectorError,),
        once=(
            all_of(HELLO, {**TOOLS, "result": {"tools": ["x"]}}),
            all_of(HELLO, {**TOOLS, "result": {"tools": [{}]}}),
            all_of(HELLO, {**TOOLS, "result": {"tools": 7}}),
            all_of(HELLO, TOOLS, {**CALLED, "id": 4, "result": {"content": 7}}),
            ([b"[" * 100_000], "application/json"),
        ),
        often=40,
    )
]
