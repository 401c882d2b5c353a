"""A desk whose look-up is a tool: in a procedure, from a customer's words to a reply, and what `check` says of it."""

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from tests.own.rig import NORA

from deskhand.bootstrap import check_tools, load_folder, now, open_desk
from deskhand.connectors.own.lookup import digest_of
from deskhand.connectors.own.twin_mcp import schema_of
from deskhand.domain.errors import DeskFault
from deskhand.domain.outcome import RunResult
from deskhand.entrypoints.conversation import say
from deskhand.settings import read_settings

PARCEL = Path(__file__).parents[2] / "examples" / "parcel"
TOOLS = """
[systems.own.tools]
kind = "mcp"
twin = true

[lookups.last_order]
about = "The newest order of this customer."
system = "tools"
tool = "orders_of"
binds = { email = "customer.email" }
fields = { id = "str", status = "str" }
rows = "orders"
most = 1
"""
PROCEDURE = """
id: last-order
title: The last order
when: The customer wants to know the number of their last order.
examples: ["what is the number of my last order", "which number has my latest order", "number of my newest order"]
requires: [customer.verified]
look_up: {order: tools.last_order()}
steps:
  - when: "!order.found"
    say: I see no order on your account.
    end: answered
  - say: The number of your last order is {{ order.id }}.
    end: answered
"""
SEEN = digest_of("orders_of", {"inputSchema": schema_of(("email",))})
WORDS = "What is the number of my last order?"


def desk(place: Path, tools: str) -> Path:
    folder = copytree(PARCEL, place / "desk", ignore=ignore_patterns(".deskhand"))
    table = folder / "desk.toml"
    table.write_text(
        table.read_text("utf-8").replace('default = "assisted"', 'default = "autonomous"') + tools, "utf-8"
    )
    (folder / "procedures" / "last-order.yaml").write_text(PROCEDURE, "utf-8")
    return folder


def answered(folder: Path) -> tuple[RunResult, list[str]]:
    told: list[str] = []
    with open_desk(read_settings(folder), tell=told.append) as installation:
        twin = installation.systems.own_twin
        assert twin is not None
        (order,) = twin.orders_of(NORA)[:1] or [{"id": "none"}]
        result = say(installation, WORDS, email=NORA, channel="ask", stage="", tell=lambda what: None)
    return result, [*told, order["id"]]


def test_what_a_tool_says_reaches_the_customer(tmp_path: Path) -> None:
    result, (*told, order) = answered(desk(tmp_path, f'{TOOLS}approved = "{SEEN}"\n'))

    assert f"The number of your last order is {order}." in result.reply
    assert not [one for one in told if "lookups." in one]


def test_a_tool_that_nobody_approved_is_told_of_at_the_start_and_never_asked(tmp_path: Path) -> None:
    result, (*told, order) = answered(desk(tmp_path, TOOLS))

    assert order not in result.reply
    assert result.outcome == "handed_off"
    (note,) = [one for one in told if "lookups.last_order" in one]
    assert f'approved = "{SEEN}"' in note


def test_check_tells_of_a_server_that_does_not_answer(tmp_path: Path) -> None:
    away = TOOLS.replace("twin = true", 'address = "http://127.0.0.1:9/mcp"')
    settings = read_settings(desk(tmp_path, away))
    faults, notes = check_tools(settings, load_folder(settings), now)

    assert faults == []
    (note,) = [one for one in notes if "looked at" in one.what]
    assert note.what.startswith("tools: its tools could not be looked at")
    assert (settings.folder / "desk.toml").read_text("utf-8").splitlines()[note.line - 1] == "[systems.own.tools]"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "told"),
    [
        ('system = "tools"', 'system = "shop"', "[lookups.last_order]", "no system of [systems.own] with kind"),
        ("customer.email", "argument.email", "[lookups.last_order]", "it would tell of anybody"),
        ('tool = "orders_of"', "", "[lookups.last_order]", "Field required"),
    ],
)
def test_what_is_wrong_with_it_has_its_line(tmp_path: Path, right: str, wrong: str, line: str, told: str) -> None:
    folder = desk(tmp_path, TOOLS.replace(right, wrong))
    with pytest.raises(DeskFault) as caught:
        load_folder(read_settings(folder))
    fault = next(one for one in caught.value.faults if told in one.what)

    assert told == "Field required" or (folder / "desk.toml").read_text("utf-8").splitlines()[fault.line - 1] == line
