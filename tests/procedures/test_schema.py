"""The published specification of procedures: its schema and its page say what the code does."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from deskhand.context.lookups import relations
from deskhand.context.lookups.billing import SPECS
from deskhand.domain.errors import DeskFault
from deskhand.domain.lined_yaml import read
from deskhand.domain.money import Money
from deskhand.domain.outreach import CONTACT
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.procedures.keys import HAND_OFF, PROCEDURE, SLOT, STEP
from deskhand.procedures.loading import Known, load_procedures
from deskhand.procedures.names import ALWAYS
from deskhand.procedures.procedure import ActionShape, Procedure
from deskhand.procedures.schema import json_schema
from deskhand.procedures.spoken import FILTERS
from deskhand.procedures.template import Template

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "procedures.md").read_text("utf-8")
SCHEMA = ROOT / "docs" / "procedure.schema.json"
STARTER = ROOT / "src/deskhand/entrypoints/cli/init/starter"
FILES = [*(ROOT / "examples/lumen/procedures").glob("*.yaml"), *(STARTER / "procedures").glob("*.yaml")]
WORDS: Mapping[Any, str] = {
    bool: "yes or no",
    int: "whole number",
    str: "text",
    Money: "amount",
    datetime: "time",
    list[str]: "list of texts",
}
SHAPES = {name: ActionShape(name, kind.arguments, kind.receipt) for name, kind in ACTIONS.items()}
KNOWN = Known({spec.name: spec for spec in SPECS}, SHAPES, {"charged-twice"}, {"billing"})
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[-1]
WRITTEN = [  # in the example of the page: a text of it, a wrong one in its place, and what stands on the line reported
    ("title: A payment taken twice", "titel: A payment taken twice", "titel"),
    ("id: double-payment", "id: double", "id"),
    ("billing.duplicate_charges(days = 60)", "billing.charge(days = 60)", "look_up"),
    ("billing.duplicate_charges(days = 60)", "billing.duplicate_charges()", "look_up"),
    ("when: doubles.count > 0", "when: doubles.cuont > 0", "- when: doubles"),
    ("when: doubles.count > 0", "when: doubles.count", "- when: doubles"),
    ("cite: charged-twice", "cite: charged-thrice", "cite"),
    ("propose: refund_charge", "propose: send_invoice", "propose: send"),
    ("with: {charge: each.charge, amount: each.amount}", "with: {charge: each.charge}", "propose: refund"),
    ("{{ each.created | date }}", "{{ each.created | money }}", "say"),
    ("{{ receipt.id }}", "{{ receipt.reference }}", "say"),
    ("hand_off: {to: billing", "hand_off: {to: bank", "hand_off"),
    ("end: answered", "end: done", "end: done"),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_every_procedure_of_ours_fits_the_schema(file: Path) -> None:
    assert faults_by_schema(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("title:", "titel:"), ("end: answered", "end: done"), ("hand_off: {to: billing, because:", "hand_off: {why:")],
)
def test_an_editor_with_the_schema_sees_a_misspelt_word(text: str, wrong: str) -> None:
    assert text in EXAMPLE
    assert faults_by_schema(EXAMPLE.replace(text, wrong))


@pytest.mark.parametrize(
    ("heading", "keys"), [("a procedure", PROCEDURE), ("a slot", SLOT), ("a step", STEP), ("a hand_off", HAND_OFF)]
)
def test_the_page_tells_each_key_with_its_meaning(heading: str, keys: Mapping[str, Any]) -> None:
    expected = [
        [f"`{name}`", key.shape.value, "yes" if key.needed else "no", key.meaning.replace("|", "\\|")]
        for name, key in keys.items()
    ]

    assert rows(f"Keys of {heading}") == expected


def test_the_page_tells_each_name_in_scope_with_its_type() -> None:
    assert rows("Names in scope") == [[f"`{name}`", WORDS[kind]] for name, kind in ALWAYS.items()]


def test_the_page_tells_what_each_look_up_takes_and_finds() -> None:
    every = (*SPECS, *relations.SPECS)
    expected = [[f"`{one.name}`", told(one.arguments), told(one.fields), told(one.rows)] for one in every]

    assert rows("Look-ups") == expected


def test_the_page_tells_what_each_action_takes_and_its_receipt() -> None:
    expected = [
        [f"`{name}`", told(kind.arguments), ", ".join(f"`{one}`" for one in kind.receipt)]
        for name, kind in ACTIONS.items()
        if name != CONTACT  # no procedure can name it
    ]

    assert rows("Actions")[: len(expected)] == expected


def test_the_page_shows_what_each_filter_makes() -> None:
    at = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
    amounts = [Money(2900, currency) for currency in ("USD", "EUR", "CHF")]
    values: Mapping[str, list[Any]] = {"money": amounts, "list": [["a", "b"]]}
    shown = {name: ", ".join(f"`{filled(name, value)}`" for value in values.get(name, [at])) for name in FILTERS}

    assert {row[0].strip("`"): row[2] for row in rows("What is said")[:-1]} == shown
    assert rows("What is said")[-1][0] == "`table`"


def test_the_page_says_what_a_walk_does_with_each_verdict() -> None:
    verdicts = [row[0] for row in rows("Actions")][-5:]

    assert verdicts == ["`allow`", "`approve`", "`confirm`", "`deny`", "`escalate`"]


def test_the_example_of_the_page_has_no_fault() -> None:
    (procedure,) = load(EXAMPLE)

    assert procedure.id == "double-payment"
    assert procedure.may_propose == ("refund_charge",)
    assert faults_by_schema(EXAMPLE) == []


@pytest.mark.parametrize("place", range(len(WRITTEN)), ids=[wrong for _, wrong, _ in WRITTEN])
def test_a_fault_of_the_page_is_reported_in_its_words_at_its_line(place: int) -> None:
    right, wrong, at = WRITTEN[place]
    written, words = (cell.strip("`").replace("\\|", "|") for cell in rows("Faults")[place])
    text = EXAMPLE.replace(right, wrong, 1)
    assert text != EXAMPLE
    assert wrong in written

    with pytest.raises(DeskFault) as raised:
        load(text)

    line = 1 + next(place for place, line in enumerate(text.splitlines()) if line.strip().startswith(at))
    assert (words, line) in [(fault.what.replace("`", "'"), fault.line) for fault in raised.value.faults]


def load(text: str) -> tuple[Procedure, ...]:
    return load_procedures({"procedures/double-payment.yaml": text}, KNOWN)


def faults_by_schema(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(json_schema()).iter_errors(read(text, "a.yaml"))]


def filled(filter: str, value: Any) -> str:
    return Template.parse(f"{{{{ x | {filter} }}}}").render({"x": value}, {}, None)


def rows(heading: str) -> list[list[str]]:
    """The cells of all tables under a heading of the page, without their heads."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    heads = {place - 1 for place, line in enumerate(lines) if line.startswith("|---")}
    body = [line for place, line in enumerate(lines) if place not in heads and not line.startswith("|---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in body]


def told(types: Mapping[str, type]) -> str:
    return listed(f"`{name}` {WORDS[kind]}" for name, kind in types.items())


def listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
