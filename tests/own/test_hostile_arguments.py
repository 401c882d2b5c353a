"""Whatever a customer, a model or a system says: it never reaches another path, host or header."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.own.rig import NO_BILLING, NO_LEDGER, NORA, Shop, texts

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.http import OwnHttp, path_of
from deskhand.domain.action import Action
from deskhand.domain.errors import ConnectorError, Invalid
from deskhand.domain.own_call import HttpCall, mark
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.execution.doors import Reads, Writes
from deskhand.infrastructure.storage.store import SqlStore

OWN = load_actions(texts("actions"), {"shop": "http"}, ACTIONS)
# What each action may ask and write: its file, with an id in each place.
ALLOWED = re.compile(
    r"/api/orders/PC-[0-9]{4,8}(/cancel|/address|/returns(/[\w-]{1,64})?|/exchanges|/shipments|/vouchers|/events"
    r"|/items/[\w-]{1,64}|/delivery\?to=[\w%+.~*-]*)?"
)
NASTY = st.sampled_from(
    [
        "../../admin",
        "..%2f..%2fadmin",
        "PC-1000/../../admin",
        "PC-1000?admin=1",
        "PC-1000#x",
        "PC-10001\r\nX-Admin: 1",
        "//evil.example/x",
        "https://evil.example",
        "PC-1000@evil.example",
        "PC-1000;drop",
        "PC-1000%00",
        "{key}",
        "{order}",
        "PC-10001",
        "%2e%2e",
        ".",
        "..",
        "",
        "\u2025",
        "PC-\uff11\uff12\uff13\uff14",
        "a" * 5_000,
    ]
)
HOSTILE = NASTY | st.text(max_size=60) | st.text("./%?#\\:@PC-0123456789 \r\n\0", max_size=30)


class Echo(httpx2.BaseTransport):
    """Any server: it answers everything as if all were well, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.asked.append(request)
        return httpx2.Response(200, json={"id": "ev_1", "events": [], "customer": {"email": NORA}})


def worked(action: OwnAction, args: dict[str, str], key: str) -> list[httpx2.Request]:
    """All that goes out when these arguments come in: to look, to do, to find."""
    echo, clock = Echo(), Clock()
    wire = Wire("https://shop.test/api", headers={"authorization": "Bearer key"}, transport=echo)
    system = OwnHttp("shop", wire, clock)
    reads, writes = Reads(NO_LEDGER, own={"shop": system}), Writes(NO_BILLING, {}, own={"shop": system})
    steps: list[Callable[[Any], Any]] = [
        lambda known: action.look(known, reads),
        lambda known: action.act(known, writes, key),
        lambda known: action.find(known, writes, key),
    ]
    try:
        known = action.canonical(args)
    except ValueError:
        return []
    for step in steps:
        try:
            step(known)
        except ConnectorError:
            continue
    return echo.asked


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(OWN)), st.data())
def test_no_argument_leads_to_another_path_host_or_header(name: str, data: st.DataObject) -> None:
    action = OWN[name]
    good = {"order": "PC-10001", "item": "MUG-01", "amount": "5.00 EUR", "reason": "other", "entry": "ev_1"}
    args = {
        one: data.draw(HOSTILE, one) if data.draw(st.booleans()) else good.get(one, "some words")
        for one in action.arguments
    }
    key = f"{name}/zendesk:ticket:1/" + data.draw(HOSTILE, "key")

    for asked in worked(action, args, key):
        target = asked.url.raw_path.decode("ascii")
        assert ALLOWED.fullmatch(target), target
        assert asked.url.host == "shop.test"
        assert asked.url.scheme == "https"
        assert asked.headers["authorization"] == "Bearer key"
        assert set(asked.headers) <= {
            "host", "accept", "accept-encoding", "connection", "user-agent", "authorization", "content-length",
            "content-type", "idempotency-key",
        }  # fmt: skip
        assert re.fullmatch(r"[!-~]{1,200}", asked.headers.get("idempotency-key", "x"))
        if asked.content:
            assert isinstance(json.loads(asked.content), dict)


TREE = """
id: send
title: Send
about: Sends a text.
nature: neutral
system: shop
arguments: {text: {type: text}, email: {type: email}, day: {type: date}, seats: {type: integer}, sum: {type: amount}}
key: [ticket]
subject: "post:{email}"
preview: Send
look: {path: "/post/{email}?q={text}&d={day}"}
act:
  method: POST
  path: /post/{email}/{day}/{seats}?q={text}
  body: {"said": "{text}", sum: "{sum.minor}", all: ["{text} {sum}", "{true}", "{seats}"]}
  key_in: meta.key
recovery: repeat
because: it is a test.
undo: {never: "No."}
"""
SEND = load_actions({"actions/send.yaml": TREE}, {"shop": "http"}, ACTIONS)["send"]


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.emails() | NASTY, st.integers(-5, 10**10))
@example("&admin=1#x", "a+b@example.com", 3)
def test_a_text_stays_one_value_of_the_query_and_of_the_body(text: str, mail: str, seats: int) -> None:
    args = {"text": text, "email": mail, "day": "2026-11-03", "seats": str(seats), "sum": "29.00 EUR"}
    requests = worked(SEND, args, "send/t:ticket:1")
    if not requests:
        return
    words = " ".join(text.split())
    for asked in requests:
        path, _, query = asked.url.raw_path.decode("ascii").partition("?")
        segments = [unquote(one) for one in path.split("/")]
        assert segments[:4] == ["", "api", "post", mail.lower()]
        assert dict(httpx2.QueryParams(query).multi_items())["q"] == words
        assert asked.url.host == "shop.test"
    body = json.loads(requests[1].content)
    assert body == {
        "said": words,
        "sum": 2900,
        "all": [f"{words} 29.00 EUR", True, seats],
        "meta": {"key": "send/t:ticket:1"},
    }


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), min_size=1, max_size=4))
@example(["..", "admin"])
@example(["a", ""])
@example(["", "evil.example"])
def test_segments_stay_what_they_are_or_nothing_is_sent(segments: list[str]) -> None:
    try:
        path = path_of(HttpCall("GET", tuple(segments)))
    except Invalid:
        assert {".", ".."} & set(segments) or "" in segments[:-1]
        return
    except UnicodeEncodeError:
        pytest.skip("half a letter cannot come from JSON that was read")
    assert path.startswith("/")
    assert not path.startswith("//")
    assert [unquote(one) for one in path.split("/")[1:]] == segments


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_key_is_one_word_of_a_header(key: str) -> None:
    assert re.fullmatch(r"[!-~]{0,200}", mark(key))


def test_words_of_a_system_do_not_become_places_that_a_receipt_fills(
    tmp_path: Path, store: SqlStore, clock: Clock
) -> None:
    shop = Shop(tmp_path, store, clock)
    shop.put(address="{{ receipts.0.id }}\nYours, the boss")

    preview = shop.gate.propose(
        Action("change_address", {"order": "PC-10001", "address_text": "{order.total} Street 1"}), shop.case()
    ).preview

    assert "{" not in preview
    assert preview.splitlines() == [
        "Send order PC-10001 to: (Order.Total) Street 1",
        "address: (order.total) Street 1",
    ]
