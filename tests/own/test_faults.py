"""Whatever is wrong in an action file is told with its line and how to mend it, all of it at once."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.own.rig import PARCEL, texts

from deskhand.bootstrap import load_folder
from deskhand.domain.errors import DeskFault
from deskhand.domain.lined_yaml import read
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.keys import json_schema
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.settings import read_settings

NAME = "actions/give_credit.yaml"
GOOD = """\
id: give_credit
title: Credit
about: Gives credit for an order.
nature: beneficial
system: shop
arguments:
  order: {type: id, pattern: "PC-[0-9]+"}
  amount: {type: amount}
  why: {type: choice, of: [late, broken]}
  note_text: {type: text, most: 80}
  times: {type: integer, least: 1, most: 9}
money: amount
look:
  path: /orders/{order}?full=1
  found: found
facts:
  order.total: {from: total, type: amount, currency: currency}
  order.open: {from: open, type: yes_no}
shows: {buyer.name: {from: customer.name, type: text}}
owner: {email: customer.email}
key: [ticket, order]
subject: order:{order}
preview: Give {amount} for order {order} of {order.total}
act:
  method: POST
  path: /orders/{order}/credits
  body: {cents: "{amount.minor}", why: "{why}", note: "{note_text}", times: "{times}"}
  key_in: meta.key
recovery: keyed
find:
  path: /orders/{order}/credits
  list: credits
  key: meta.key
receipt:
  id: id
  details:
    amount: {from: amount, type: amount, currency: EUR, unit: minor}
deeds: [credited]
undo:
  action: take_credit
  with: {order: order, credit: receipt.id}
  within: 30d
"""
OTHER = """\
id: take_credit
title: Credit taken back
about: Takes credit back.
nature: adverse
system: shop
arguments: {order: {type: id}, credit: {type: id}}
key: [order, credit]
subject: order:{order}
preview: Take credit {credit} back
act: {method: DELETE, path: "/orders/{order}/credits/{credit}"}
recovery: repeat
because: a credit that is gone is gone.
undo: {never: "Give credit again."}
"""
# What stands in the good file, what is written instead, the line of the fault, and words of it that say how to mend it.
PLANTED: list[tuple[str, str, int, str]] = [
    ("title: Credit", "titel: Credit", 2, "unknown key 'titel' in an action"),
    ("title: Credit\n", "", 1, "an action needs `title`"),
    ("id: give_credit", "id: credit", 1, "the id 'credit' is not the name of the file"),
    ("id: give_credit", "id: Give-Credit", 1, "`id` is small letters, digits and underscores"),
    ("nature: beneficial", "nature: good", 4, "`nature` is one of beneficial, neutral, adverse"),
    ("system: shop", "system: shoop", 5, "system 'shoop' is not in [systems.own]; there are crm, shop"),
    ("  order: {type: id,", "  Order: {type: id,", 7, "'Order' is no name for an argument"),
    ("  why: {type: choice", "  return: {type: choice", 9, "'return' is no name for an argument"),
    ("{type: text, most: 80}", "{type: word, most: 80}", 10, "`type` is one of text, choice, id, integer"),
    ("note_text: {type", "remark: {type", 10, "so that journals leave it out, call it remark_text"),
    ("for order {order} of", "for order {order}, {note_text}, of", 23, "preview: {note_text} is not known here"),
    ("recovery: keyed", "sets: maybe\nrecovery: keyed", 29, "`sets` is one of yes, no"),
    ("{type: amount}", "{type: amount, most: 50}", 8, "amount: `most` is not for the type amount"),
    ("PC-[0-9]+", "PC-[0-9+", 7, "order: pattern: unterminated character set"),
    (", of: [late, broken]", "", 9, "why: a choice needs `of`, the texts it is one of"),
    ("[late, broken]", "[late, a/b]", 9, "why: 'a/b' is no choice: it has letters, digits, blanks"),
    ("least: 1, most: 9", "least: 9, most: 1", 11, "times: nothing is between its `least` and its `most`"),
    ("least: 1, most: 9", "least: one, most: 9", 11, "times: `least` is a whole number"),
    ("money: amount", "money: order", 12, "money: 'order' is no argument of the type amount"),
    ("/orders/{order}?full=1", "orders/{order}", 14, "look: a path begins with one / and leads down"),
    ("/orders/{order}?full=1", "//evil.example/{order}", 14, "look: a path begins with one /"),
    ("/orders/{order}?full=1", "/orders/../{order}", 14, "look: a path begins with one /"),
    ("/orders/{order}?full=1", "/orders/{order", 14, "look: a path begins with one /"),
    ("/orders/{order}?full=1", "/orders/{order}?full", 14, "look: a query is written ?name=value"),
    ("/orders/{order}?full=1", "/orders/{number}", 14, "look: {number} is not known here; there are order, amount"),
    (
        "/orders/{order}?full=1",
        "/orders/{note_text}",
        14,
        "look: {note_text} cannot be part of a path, being a text",
    ),
    ("/orders/{order}?full=1", "/orders/{amount.minor}", 14, "cannot be part of a path"),
    ("  path: /orders/{order}?full=1", "  tool: get_order", 14, "look: its system speaks HTTP, so it needs `path`"),
    ("  found: found", "  found: fo und", 15, "found: 'fo und' is no path into the answer, such as customer.email"),
    (
        "  order.open: {",
        "  open: {",
        18,
        "'open' is no name for a fact: write a group and a name",
    ),
    ("  order.open: {", "  ticket.open: {", 18, "the group 'ticket' is ours: call it by the object"),
    (", currency: currency}", "}", 17, "facts: order.total: an amount needs `currency`"),
    (", currency: currency}", ", currency: EURO}", 17, "'EURO' is no currency that we know"),
    ("type: yes_no}", "type: yes_no, unit: minor}", 18, "facts: order.open: only an amount has `unit`"),
    (
        "owner: {email: customer.email}",
        "owner: {id: buyer}",
        20,
        "owner: `id` needs `of`, the system and kind",
    ),
    ("owner: {email: customer.email}", "owner: {id: a, email: b}", 20, "owner has either `email`, or `id` with `of`"),
    ("key: [ticket, order]", "key: [why]", 21, "key: it names neither `ticket` nor an object by its id"),
    (
        "key: [ticket, order]",
        "key: [ticket, amount]",
        21,
        "key: the type amount can be told in many ways, or is personal",
    ),
    ("key: [ticket, order]", "key: [ticket, run]", 21, "key: 'run' is neither `ticket` nor an argument"),
    (
        "subject: order:{order}",
        "subject: order:{note_text}",
        22,
        "subject: {note_text} is not known here; there are order",
    ),
    ("for order {order} of", "for order {order of", 23, "preview: a place is written {name}"),
    ("{order.total}", "{order.sum}", 23, "preview: {order.sum} is not known here"),
    ("  method: POST", "  method: GET", 25, "`method` is one of POST, PUT, PATCH, DELETE"),
    ("  method: POST\n", "", 25, "act needs `method`: POST, PUT, PATCH or DELETE"),
    ("{amount.minor}", "{amount.cents}", 27, "act: body: {amount.cents} is not known here"),
    ("{amount.minor}", "{amount.minor", 27, "act: body: a place is written {name}"),
    ("key_in: meta.key", "key_in: note", 28, "act: key_in: something else stands at note already"),
    ("recovery: keyed", "recovery: repeat", 29, "recovery: repeat needs `because`: why there is no looking"),
    ("recovery: keyed", "recovery: person\nbecause: so.", 32, "find is for `recovery: keyed` and `look`"),
    ("recovery: keyed", "recovery: keyed\nbecause: so.", 30, "because is for `recovery: repeat` and `person`"),
    ("  list: credits\n", "", 31, "`find` needs `list`"),
    ("    amount: {from: amount", "    id: {from: amount", 37, "receipt: 'id' is no name for a detail"),
    (
        "deeds: [credited]",
        "deeds: [Credited]",
        38,
        "deeds: 'Credited' is no past participle in small letters, such as cancelled",
    ),
    ("  within: 30d", "  within: a month", 42, "undo: `within` is a length of time such as 30m, 72h, 30d or 2w"),
    ("  within: 30d\n", "", 40, "undo: `within` is a length of time"),
    ("receipt.id}", "receipt.number}", 41, "undo: credit: 'receipt.number' is no argument, nothing of the receipt"),
    ("action: take_credit", "action: take_it", 40, "undo: 'take_it' is no other action of this desk"),
    ("order: order, credit", "credit", 40, "undo: take_credit takes exactly these arguments: order, credit"),
    (
        "  within: 30d",
        '  within: 30d\n  never: "No."',
        40,
        "undo has either `action` with `with` and `within`, or",
    ),
    ("title: Credit", "title: *credit", 2, "YAML: *credit is an alias"),
    ("title: Credit", "title: [Credit", 3, "YAML: "),
]


def load(text: str) -> Mapping[str, OwnAction]:
    return load_actions({NAME: text, "actions/take_credit.yaml": OTHER}, {"shop": "http", "crm": "http"}, ACTIONS)


@st.composite
def cut(draw: st.DrawFn, text: str) -> str:
    """The text with a line or some letters of it replaced by others."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 30)))
    return text[:start] + draw(st.text("{}[]:,\n \"'/?.-x1", max_size=6)) + text[end:]


def test_the_file_without_a_fault_is_an_action() -> None:
    assert set(load(GOOD)) == {"give_credit", "take_credit"}
    assert by_schema(GOOD) == by_schema(OTHER) == []


@pytest.mark.parametrize(("right", "wrong", "line", "told"), PLANTED, ids=[wrong.strip() for _, wrong, _, _ in PLANTED])
def test_a_planted_fault_is_told_at_its_line_with_how_to_mend_it(right: str, wrong: str, line: int, told: str) -> None:
    assert right in GOOD
    with pytest.raises(DeskFault) as raised:
        load(GOOD.replace(right, wrong, 1))

    found = [(one.file, one.line, one.what) for one in raised.value.faults]
    assert any(file == NAME and at == line and told in what for file, at, what in found), found


def test_all_faults_are_told_at_once() -> None:
    text = (
        GOOD.replace("title", "titel")
        .replace("nature: beneficial", "nature: good")
        .replace("money: amount", "money: x")
    )
    with pytest.raises(DeskFault) as raised:
        load(text)

    assert {one.line for one in raised.value.faults} == {1, 2, 4, 12}


@pytest.mark.parametrize("name", ["refund_charge", "turn"])
def test_a_name_of_ours_is_taken(name: str) -> None:
    with pytest.raises(DeskFault, match=f"{name} is an action of the product; choose another id"):
        load_actions({f"actions/{name}.yaml": OTHER.replace("take_credit", name)}, {"shop": "http"}, ACTIONS)


def test_two_files_with_one_id_are_told_of() -> None:
    files = {"actions/take_credit.yaml": OTHER, "actions/take_credit.yml": OTHER}
    with pytest.raises(DeskFault, match=r"take_credit.yml:1: the id 'take_credit' stands in actions/take_credit.yaml"):
        load_actions(files, {"shop": "http"}, ACTIONS)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (OTHER, OTHER, "act: its system speaks MCP, so it needs `tool`, not `path`"),
        ("recovery: repeat\nbecause: a credit that is gone is gone.", "recovery: look", "recovery: look needs `find`"),
    ],
)
def test_an_mcp_system_is_called_by_tool(right: str, wrong: str, told: str) -> None:
    with pytest.raises(DeskFault, match=told):
        load_actions({"actions/take_credit.yaml": OTHER.replace(right, wrong)}, {"shop": "mcp"}, ACTIONS)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # of a pattern that a later Python may read otherwise
@settings(max_examples=300, deadline=None)
@given(st.sampled_from([GOOD, *sorted(texts("actions").values())]).flatmap(cut))
def test_no_text_makes_anything_but_an_action_or_faults(text: str) -> None:
    with contextlib.suppress(DeskFault):
        load(text)


# -- what is published --------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(PARCEL.parent.glob("*/actions/*.yaml")), ids=lambda file: file.stem)
def test_every_action_of_ours_fits_the_schema(file: Path) -> None:
    assert by_schema(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("title:", "titel:"), ("nature: beneficial", "nature: good"), ("method: POST", "method: GET")]
)
def test_an_editor_with_the_schema_sees_a_misspelt_word(right: str, wrong: str) -> None:
    assert right in GOOD
    assert by_schema(GOOD.replace(right, wrong))


def test_an_action_that_a_rule_allows_for_anybodys_object_is_noted(tmp_path: Path) -> None:
    desk = copytree(PARCEL, tmp_path / "desk", ignore=ignore_patterns(".deskhand"))
    rules = desk / "policies" / "orders.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("require: [action.own]", "require: [ticket.verified, ticket.owner != '']"),
        "utf-8",
    )

    def told(folder: Path) -> set[str]:
        return {one.file for one in load_folder(read_settings(folder)).notes if "anybody's object" in one.what}

    assert told(PARCEL) == set()
    assert told(desk) == set(texts("actions"))


def by_schema(text: str) -> list[Any]:
    return [one.message for one in Draft202012Validator(json_schema()).iter_errors(read(text, "a.yaml"))]
