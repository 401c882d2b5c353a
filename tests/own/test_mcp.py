"""The same actions through tools of an MCP server: once, judged, and checked against what the server says it takes."""

from pathlib import Path
from typing import Any

import pytest
from tests.own.rig import NORA, Killed, Shop

from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.systems.own import tool_faults
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.connectors.own.tool_schema import misfits
from deskhand.domain.action import Action
from deskhand.domain.errors import Down, Invalid, Refused
from deskhand.domain.own_call import HttpCall, ToolCall
from deskhand.domain.verdict import Deny
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.results import Done, Result, Unsure
from deskhand.infrastructure.storage.store import SqlStore

FILE = """
id: cancel_order
title: Cancellation of an order
about: Cancels an order that is still in the house.
nature: neutral
system: shop
arguments:
  order: {type: id}
  reason: {type: choice, of: [other]}
look: {tool: get_order, with: {order: "{order}"}, found: found}
facts:
  order.status: {from: status, type: text}
owner: {email: customer.email}
key: [ticket, order]
subject: order:{order}
preview: Cancel order {order}
act: {tool: cancel_order, with: {order: "{order}", reason: "{reason}"}, key_in: key}
recovery: keyed
find: {tool: order_events, with: {order: "{order}"}, list: events, key: key}
receipt: {id: id}
undo: {never: "No."}
"""
RULES = """
rules:
  - {id: own, on: cancel_order, effect: deny, require: [action.own], say: "Not yours."}
  - {id: placed, on: cancel_order, effect: deny, require: [order.status == "placed"], say: "Too late."}
  - {id: all, on: cancel_order, effect: allow}
"""
CANCEL = Action("cancel_order", {"order": "PC-10001", "reason": "other"})


@pytest.fixture
def shop(tmp_path: Path, store: SqlStore, clock: Clock) -> Shop:
    return tools(tmp_path, store, clock)


def tools(tmp_path: Path, store: SqlStore, clock: Clock, file: str = FILE) -> Shop:
    shop = Shop(tmp_path, store, clock, files={"actions/cancel_order.yaml": file}, rules=RULES, mcp=True)
    shop.put()
    return shop


def again(shop: Shop, result: Result) -> Result:
    for _ in range(4):
        if not isinstance(result, Unsure):
            return result
        result = shop.commit(CANCEL)
    return result


@pytest.mark.parametrize("streamed", [False, True])
def test_it_is_done_once_with_a_receipt(shop: Shop, streamed: bool) -> None:
    shop.twin.mcp.streamed = streamed
    result = shop.commit(CANCEL)

    assert isinstance(result, Done)
    assert shop.commit(CANCEL) == result
    assert shop.done() == ["cancelled"]
    assert shop.twin.done("PC-10001")[0]["key"] == result.receipt.key


@pytest.mark.parametrize("fault", ["drop after", "500 after", "cut json", "slow", "500", "429"])
def test_a_lost_answer_is_looked_for_by_tool(shop: Shop, fault: str) -> None:
    shop.faults.extend(["", "", "", fault])  # a session, its greeting, the look

    assert isinstance(again(shop, shop.commit(CANCEL)), Done)
    assert shop.done() == ["cancelled"]


def test_a_tool_that_fails_when_it_has_done_it_is_looked_after(shop: Shop) -> None:
    shop.twin.mcp.fails.add("cancel_order")

    assert isinstance(shop.commit(CANCEL), Done)
    assert shop.done() == ["cancelled"]


def test_a_process_that_dies_finds_it_in_its_next_life(shop: Shop) -> None:
    assert shop.gate.propose(CANCEL, shop.case()).verdict.effect == "allow"
    shop.tap.skip, shop.tap.cut = 1, True  # the look is a POST here, too
    with pytest.raises(Killed):
        shop.commit(CANCEL)
    shop.reload()

    assert isinstance(again(shop, shop.commit(CANCEL)), Done)
    assert shop.done() == ["cancelled"]


def test_a_server_that_forgot_us_is_greeted_again(shop: Shop) -> None:
    assert shop.gate.propose(CANCEL, shop.case()).verdict.effect == "allow"
    shop.twin.mcp.sessions.clear()

    assert isinstance(shop.commit(CANCEL), Done)
    assert shop.done() == ["cancelled"]


def test_an_order_that_is_not_there_and_one_of_somebody_else_are_left_alone(shop: Shop) -> None:
    shop.put(id="PC-10002", customer={"email": "emil@example.com", "name": "Emil"})
    verdicts = [
        shop.gate.propose(Action("cancel_order", {"order": id, "reason": "other"}), shop.case(email=NORA)).verdict
        for id in ("PC-9999", "PC-10002")
    ]

    assert all(isinstance(one, Deny) for one in verdicts)
    assert [one.rule for one in verdicts] == ["catalogue", "own"]


def test_a_wrong_key_is_refused_and_http_is_no_tool(shop: Shop) -> None:
    assert isinstance(shop.system, OwnMcp)
    with pytest.raises(Invalid):
        shop.system.ask(HttpCall("GET", ("orders",)))
    with pytest.raises(Invalid):
        shop.system.send(ToolCall("no_such_tool", {}), key="k", repeatable=False)
    with pytest.raises(Down):
        shop.system.ask(ToolCall("cancel_order", {"order": "PC-9999", "reason": "x", "key": "k"}))
    wire = Wire("https://shop.test", headers={"authorization": "Bearer wrong"}, transport=shop.tap)
    with pytest.raises(Refused):
        OwnMcp("shop", wire, "/mcp", shop.clock).ask(ToolCall("get_order", {"order": "PC-10001"}))


# -- what the server says that it takes ---------------------------------------------------------------


def faults(shop: Shop) -> list[str]:
    folder = Folder(shop.policy, (), (), (), (), shop.own)
    found, notes = tool_faults(folder, {"shop": shop.system})
    assert notes == []
    return [str(one) for one in found]


def test_an_action_that_fits_the_tools_has_no_fault(shop: Shop) -> None:
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("tool: cancel_order,", "tool: cancel_oder,", "tool cancel_oder: the server has no such tool"),
        (', reason: "{reason}"}, key_in', "}, key_in", "tool cancel_order: it needs reason"),
        ('reason: "{reason}"}', 'reason: "{reason}", why: "x"}', "tool cancel_order: it takes no why"),
        ('with: {order: "{order}"}, found', 'with: {order: "{7}"}, found', "order is sent as int, and it takes string"),
    ],
)
def test_an_action_that_does_not_fit_the_tools_is_told_of(
    tmp_path: Path, store: SqlStore, clock: Clock, right: str, wrong: str, told: str
) -> None:
    assert right in FILE
    (fault,) = faults(tools(tmp_path, store, clock, FILE.replace(right, wrong)))

    assert fault.startswith("actions/cancel_order.yaml:1: ")
    assert told in fault


def test_a_server_that_does_not_answer_is_a_note_and_no_fault(shop: Shop) -> None:
    shop.faults.extend(["500"] * 8)
    found, notes = tool_faults(Folder(shop.policy, (), (), (), (), shop.own), {"shop": shop.system})

    assert found == []
    assert "its tools could not be compared" in str(notes[0])


@pytest.mark.parametrize(
    ("schema", "sample", "wrong"),
    [
        ({}, {"a": 1}, []),
        ({"properties": {"a": {"type": ["string", "null"]}}}, {"a": None}, []),
        ({"properties": {"a": {"type": "integer"}}}, {"a": True}, ["a is sent as bool, and it takes integer"]),
        ({"properties": {"a": {"anyOf": []}}, "required": ["b"]}, {"a": 1}, ["it needs b"]),
        ({"properties": {"a": {"properties": {"b": {"type": "string"}}}}}, {"a": {"c": 1}}, ["it takes no a.c"]),
        ({"additionalProperties": False}, {"a": 1}, ["it takes no a"]),
    ],
)
def test_names_and_types_are_compared(schema: dict[str, Any], sample: dict[str, Any], wrong: list[str]) -> None:
    assert list(misfits(sample, schema)) == wrong
