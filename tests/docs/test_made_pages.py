"""Pages that are made from the program, and the one on settings: what they tell is what there is."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from docs.site import DOCS, PAGES
from docs.site.defaults import told
from pydantic import BaseModel

from deskhand.bootstrap.connections.connectors import installed, load
from deskhand.settings.desk import DeskTable

ROOT = Path(__file__).parents[2]
SETTINGS = (DOCS / "settings.md").read_text("utf-8")
VARIABLE = re.compile(r"DESKHAND(?:_(?:[A-Z0-9]+|<[A-Z]+>))+")
SECRET = re.compile(r"""\.secret\(\s*f?"([a-z_{}.]+)"\)""")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_made_is_as_the_program_tells_it(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "write it anew with: make reference"


def test_every_setting_stands_on_the_page_with_its_default_and_no_other_does() -> None:
    assert dict(on_the_page()) == dict(in_the_code(DeskTable))


def test_every_variable_stands_on_the_page_and_no_other_does() -> None:
    table = re.findall(r"^\| `(DESKHAND_[^`]+)` \|", SETTINGS, re.MULTILINE)
    of_connectors = {f"DESKHAND_{one.name.upper()}" for name in ours() for one in load(name).secrets}

    assert len(table) == len(set(table))
    assert set(table) == set(in_the_source()) - of_connectors
    assert of_connectors <= set(VARIABLE.findall((DOCS / "clicks.md").read_text("utf-8")))


def on_the_page() -> Iterator[tuple[str, str]]:
    """The dotted name of each key, and its default as it stands there."""
    for block in SETTINGS.split("\n### ")[1:]:
        heading, *lines = block.splitlines()
        tables = [re.sub(r"<[a-z]+>", "<name>", one) for one in re.findall(r"`\[+([^\]]+)\]+`", heading)] or [""]
        for line in lines:
            if row := re.match(r"\| `([a-z_]+)` \| (.+?) \|", line):
                yield from ((f"{table}.{row[1]}".lstrip("."), row[2]) for table in tables)


def in_the_code(table: type[BaseModel], at: str = "") -> Iterator[tuple[str, str]]:
    """The same, of what is read."""
    for name, field in table.model_fields.items():
        path, inner, many = f"{at}.{name}".lstrip("."), *nested(field.annotation)
        if inner is None:
            yield path, told(field)
        else:
            yield from in_the_code(inner, f"{path}.<name>" if many else path)


def nested(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The table that is meant, and whether there may be several by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    inside = [one for one in get_args(annotation) if one is not NoneType]
    if get_origin(annotation) in (Union, UnionType):
        return nested(inside[0]) if len(inside) == 1 else (None, False)
    found = nested(inside[-1])[0] if inside else None
    return found, isinstance(annotation, Mapping) or get_origin(annotation) is dict


def ours() -> list[str]:
    return [name for name, (one, *_) in installed().items() if one.value.startswith("deskhand.")]


def in_the_source() -> Iterator[str]:
    """Those that are named, and those that are put together: of ways for letters, or by a system's name."""
    for file in (ROOT / "src").rglob("*.py"):
        text = file.read_text("utf-8")
        asked = [f"DESKHAND_{name.upper()}" for name in SECRET.findall(text)]
        mail = ("MAIL", "IMAP") if any("{NAME}_OAUTH" in one for one in asked) else ("<NAME>",)
        found = {one.replace("{NAME}", name) for one in asked for name in mail} | set(VARIABLE.findall(text))
        yield from found - {"DESKHAND_<NAME>"}  # what all of them are called in general
