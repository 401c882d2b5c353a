"""Every provider's own client over real HTTP: a tool is used, a typed answer comes back, and its cost is counted."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from tests.llm.desks import COLOUR, Colour, Log, adapter_of
from tests.llm.served import served
from tests.llm.wires import CACHED, READ, SAID, Call, Wire, anthropic, bedrock, google, mistral

from deskhand.infrastructure.llm.prices import Price
from deskhand.infrastructure.llm.question import Tool
from deskhand.measurement.costs import Spent


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid")

    town: str


def weather(arguments: Mapping[str, Any]) -> str:
    return f"clear over {arguments['town']}"


ASKED = replace(COLOUR, tools=(Tool("weather", "The weather in a town.", Place, weather),))
CALLS: list[Call] = [("weather", {"town": "Oslo"}), ("colour", {"name": "blue"})]
Speak = Callable[[Call], dict[str, Any]]
WIRES: list[tuple[str, Speak, str, int, str]] = [
    ("anthropic:claude-x", anthropic, "/v1/messages", CACHED, "Bearer key-1"),
    ("google:gemini-2.5-flash", google, "/v1beta/models/{model}:generateContent", CACHED, "key-1"),
    ("mistral:mistral-small-latest", mistral, "/v1/chat/completions", CACHED, "Bearer key-1"),
    (
        "bedrock:anthropic.claude-3-5-haiku-20241022-v1:0",
        bedrock,
        "/model/{model}/converse",
        CACHED,
        "AWS4-HMAC-SHA256",
    ),
]


@pytest.fixture(autouse=True)
def somebody_at_amazon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bedrock's client finds its keys by itself, in the environment as a rule."""
    for name, value in (("ACCESS_KEY_ID", "none"), ("SECRET_ACCESS_KEY", "none"), ("DEFAULT_REGION", "eu-west-1")):
        monkeypatch.setenv(f"AWS_{name}", value)


@pytest.mark.parametrize(("name", "speak", "path", "cached", "key"), WIRES, ids=[one[1].__name__ for one in WIRES])
def test_a_tool_is_used_and_a_typed_answer_comes_back(
    name: str, speak: Speak, path: str, cached: int, key: str
) -> None:
    wire, log = Wire(CALLS, speak, path), Log()
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}", key="key-1")) as adapter:
        assert adapter.ask(ASKED, log) == Colour(name="blue")
    assert log.failed == ["", ""]
    assert "clear over Oslo" in str(wire.heard[1])
    assert ASKED.system in str(wire.heard[0])
    assert [one[: len(key)] for one in wire.keys] == [key, key]
    for call in log.noted:
        assert (call.input_tokens, call.cached_tokens, call.output_tokens) == (READ, cached, SAID)
        assert call.model == name


@pytest.mark.parametrize(("name", "speak", "path", "cached", "key"), WIRES, ids=[one[1].__name__ for one in WIRES])
def test_an_answer_of_the_wrong_shape_is_mended(name: str, speak: Speak, path: str, cached: int, key: str) -> None:
    wire = Wire([("colour", {"shade": 3}), ("colour", {"name": "blue"})], speak, path)
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}")) as adapter:
        assert adapter.ask(ASKED, Log()) == Colour(name="blue")
    assert len(wire.heard) == 2


def test_anthropic_is_told_to_cache_the_tools_and_the_system_text() -> None:
    name, speak, path, *_ = WIRES[0]
    wire = Wire(CALLS, speak, path)
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}")) as adapter:
        adapter.ask(ASKED, Log())
    body = wire.heard[0]
    assert body["system"][-1]["cache_control"]["type"] == "ephemeral"
    assert body["tools"][-1]["cache_control"]["type"] == "ephemeral"


def test_bedrock_is_told_to_cache_the_tools_and_the_system_text() -> None:
    name, speak, path, *_ = WIRES[3]
    wire = Wire(CALLS, speak, path)
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}")) as adapter:
        adapter.ask(ASKED, Log())
    body = wire.heard[0]
    assert body["system"][-1]["cachePoint"]["type"] == "default"
    assert body["toolConfig"]["tools"][-1]["cachePoint"]["type"] == "default"


def test_mistral_caches_under_one_key_for_what_is_the_same_in_every_message() -> None:
    name, speak, path, *_ = WIRES[2]
    wire = Wire(CALLS, speak, path)
    other = replace(ASKED, case="Which colour has the sea?")
    unlike = replace(ASKED, system="You name a dark colour.")
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}")) as adapter:
        for question in (ASKED, other, unlike):
            adapter.ask(question, Log())
    keys = [body["prompt_cache_key"] for body in wire.heard]
    assert len(set(keys[:3])) == 1, "two requests of the first question, one of the second"
    assert keys[3] != keys[0]


def test_what_mistral_had_cached_is_priced_as_cached_and_told_as_a_share() -> None:
    name, speak, path, *_ = WIRES[2]
    wire, log = Wire(CALLS[1:], speak, path), Log()
    price = Price(1.0, 0.1, 10.0, date(2026, 1, 2))
    with served(wire.app) as url, closing(adapter_of(f"{name}@{url}", prices={name: price})) as adapter:
        adapter.ask(ASKED, log)
    (call,) = log.noted
    assert call.dollars == pytest.approx(((READ - CACHED) * 1.0 + CACHED * 0.1 + SAID * 10.0) / 1e6)
    spent = Spent()
    spent.add(asdict(call))
    assert spent.cached_share == CACHED / READ
