"""What comes over the wire: whatever it is, there is one answer of JSON-RPC, or none where none is wanted."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.errors import Down
from deskhand.entrypoints.mcp.protocol import VERSIONS, Json, Refusal, Server, Tool
from deskhand.entrypoints.mcp.stdio import LARGEST, talk

CALLED: list[Json] = []


def add(arguments: Any) -> Json:
    CALLED.append(arguments)
    if arguments["one"] == "no":
        raise Refusal("Not that one.")
    if arguments["one"] == "down":
        raise Down("GET /secret: 500")
    return {"sum": arguments["one"] + arguments.get("two", "") + "".join(arguments.get("more", {}).values())}


TOOL = Tool(
    "add",
    "Puts texts together.",
    {"one": "First.", "two": "Second.", "more": "Others."},
    add,
    optional=frozenset({"two", "more"}),
    objects=frozenset({"more"}),
)
SERVER = Server({"add": TOOL}, "Adds.", lambda found: str(found["sum"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
METHODS = st.sampled_from(["initialize", "ping", "tools/list", "tools/call", "notifications/initialized", "x", ""])


def ask(method: str, **params: Any) -> Json:
    found = SERVER.answer({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
    assert found is not None
    assert (found["jsonrpc"], found["id"]) == ("2.0", 7)
    return found


def call(**arguments: Any) -> Json:
    found: Json = ask("tools/call", name="add", arguments=arguments)["result"]
    return found


@pytest.mark.parametrize(("asked", "spoken"), [*((one, one) for one in VERSIONS), ("1999-01-01", VERSIONS[0])])
def test_a_version_is_agreed_on(asked: str, spoken: str) -> None:
    hello = ask("initialize", protocolVersion=asked, capabilities={}, clientInfo={"name": "x", "version": "1"})[
        "result"
    ]

    assert (hello["protocolVersion"], hello["capabilities"]) == (spoken, {"tools": {}})
    assert hello["serverInfo"]["name"] == "deskhand"


def test_a_tool_says_what_it_takes() -> None:
    (told,) = ask("tools/list")["result"]["tools"]
    schema = told["inputSchema"]

    assert (told["name"], schema["required"], schema["additionalProperties"]) == ("add", ["one"], False)
    assert schema["properties"]["one"]["type"] == "string"
    assert schema["properties"]["more"]["additionalProperties"] == {"type": "string"}


def test_a_result_comes_as_an_object_and_as_text() -> None:
    result = call(one="a", two="b", more={"x": "c"})

    assert (result["structuredContent"], result["isError"]) == ({"sum": "abc"}, False)
    assert result["content"] == [{"type": "text", "text": "abc"}]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, "it needs one"),
        ({"one": 1}, "one is to be a text"),
        ({"one": "a", "three": "x"}, "it takes no three"),
        ({"one": "a", "more": "x"}, "more is to be an object of texts"),
        ({"one": "a", "more": {"x": 1}}, "more is to be an object of texts"),
    ],
)
def test_wrong_arguments_are_told_and_nothing_is_called(arguments: Json, told: str) -> None:
    before = len(CALLED)
    result = call(**arguments)

    assert (result["isError"], told in result["content"][0]["text"]) == (True, True)
    assert len(CALLED) == before


def test_a_no_is_an_answer_and_not_an_error_of_the_protocol() -> None:
    assert call(one="no") == {"content": [{"type": "text", "text": "Not that one."}], "isError": True}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ([], -32600),
        ("x", -32600),
        ({"id": 1, "method": "ping"}, -32600),
        ({"jsonrpc": "2.0", "id": 1}, -32600),
        ({"jsonrpc": "2.0", "id": None, "method": "ping"}, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "resources/list"}, -32601),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "rm"}}, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": ["add"]}}, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": [1]}, -32602),
    ],
)
def test_what_makes_no_sense_is_refused(message: Any, code: int) -> None:
    found = SERVER.answer(message)

    assert found is not None
    assert found["error"]["code"] == code


def test_a_notification_and_an_answer_get_none() -> None:
    assert SERVER.answer({"jsonrpc": "2.0", "method": "notifications/initialized"}) is None
    assert SERVER.answer({"jsonrpc": "2.0", "id": 1, "result": {}}) is None


@given(JSON | st.fixed_dictionaries({"jsonrpc": st.just("2.0"), "id": JSON, "method": METHODS, "params": JSON}))
def test_whatever_comes_there_is_one_answer_or_none(message: Any) -> None:
    found = SERVER.answer(message)

    assert found is None or (found["jsonrpc"] == "2.0" and ("result" in found) != ("error" in found))


def said(*lines: bytes) -> list[Json]:
    out = io.BytesIO()
    talk(SERVER, lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_has_its_answer_and_one_that_cannot_be_read_stops_nothing() -> None:
    ping = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()
    nested = b"[" * 100_000
    found = said(ping, b"", b"{", b"\xff\n", nested, b" " + b"x" * LARGEST, ping)

    assert [one.get("error", {}).get("code") for one in found] == [None, -32700, -32700, -32700, -32700, None]


def test_a_system_that_is_down_is_told_without_its_words() -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "add", "arguments": {"one": "down"}}}
    (found,) = said(json.dumps(asked).encode())

    assert found["error"]["message"] == "Down. Nothing was done."
