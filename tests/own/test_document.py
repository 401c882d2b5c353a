"""The published page on actions says what the code does."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.catalogue.own import keys
from deskhand.execution.catalogue.own.arguments import ArgumentKind
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.execution.kind import Recovery
from deskhand.procedures.keys import Key
from deskhand.settings import read_table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "actions.md").read_text("utf-8")
DESK = 'company = "x"\nsignature = "x"\ndefault_queue = "x"\n'


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("an action", keys.ACTION),
        ("an argument", keys.ARGUMENT),
        ("look", keys.LOOK),
        ("a fact", keys.FIELD),
        ("owner", keys.OWNER),
        ("act", keys.ACT),
        ("find", keys.FIND),
        ("receipt", keys.RECEIPT),
        ("undo", keys.UNDO),
    ],
)
def test_the_page_tells_each_key_with_its_meaning(heading: str, table: Mapping[str, Key]) -> None:
    expected = [
        [f"`{name}`", key.shape.value, "yes" if key.needed else "no", key.meaning.replace("|", "\\|")]
        for name, key in table.items()
    ]

    assert rows(f"Keys of {heading}")[: len(expected)] == expected


def test_the_page_tells_each_type_and_where_it_may_stand() -> None:
    told = {row[0].strip("`"): row[2] == "yes" for row in rows("Keys of an argument")[-len(ArgumentKind) :]}

    assert told == {str(kind): kind.names for kind in ArgumentKind}


def test_the_page_tells_each_way_to_make_a_lost_answer_certain() -> None:
    assert [row[0].strip("`") for row in rows("Keys of find")[-len(Recovery) :]] == list(Recovery)


def test_the_action_of_the_page_is_one_of_ours_and_has_no_fault() -> None:
    (text,) = re.findall(r"```yaml\n(id: .*?)```", PAGE, re.DOTALL)

    assert text == (ROOT / "examples/parcel/actions/cancel_order.yaml").read_text("utf-8")
    assert load_actions({"actions/cancel_order.yaml": text}, {"shop": "http"}, ACTIONS)


def test_the_systems_of_the_page_can_be_set_up_so() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

    own = read_table(DESK + text, "desk.toml").systems.own
    assert {name: one.kind for name, one in own.items()} == {"shop": "http", "crm": "mcp"}


def rows(heading: str) -> list[list[str]]:
    """The cells of all tables under a heading of the page, without their heads."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    heads = {place - 1 for place, line in enumerate(lines) if line.startswith("|---")}
    body = [line for place, line in enumerate(lines) if place not in heads and not line.startswith("|---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in body]
