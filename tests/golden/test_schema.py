"""The published specification of golden tickets: its schema is the loader's, its example one of ours."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.golden.texts import TWICE

from deskhand.domain.lined_yaml import read
from deskhand.golden.keys import GOLDEN, json_schema

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples/lumen/golden").glob("*.yaml"))
PAGE = (ROOT / "docs" / "golden.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_golden_ticket_of_ours_fits_the_schema(file: Path) -> None:
    assert faults(file.read_text("utf-8")) == []


def test_the_example_of_the_page_is_a_ticket_of_the_demo_company() -> None:
    assert (ROOT / "examples/lumen/golden/charged-twice.yaml").read_text("utf-8") == EXAMPLE


def test_the_page_names_every_key() -> None:
    assert all(f"`{name}`" in PAGE for name in GOLDEN)


@pytest.mark.parametrize(
    "wrong", [("about:", "abuot:"), ("verdict: allow", "verdict: allowed"), ("- says:", "- said:")]
)
def test_an_editor_with_the_schema_sees_a_misspelt_word(wrong: tuple[str, str]) -> None:
    assert faults(TWICE) == []
    assert faults(TWICE.replace(*wrong))


def faults(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(json_schema()).iter_errors(read(text, "a.yaml"))]
