"""docs/models.md says what is so: its tables load, and no provider or key is left out."""

import re

import pytest
from tests.model_check.desks import ROOT

from deskhand.infrastructure.llm.model_name import PROVIDERS, parse
from deskhand.settings import MODEL_KEYS, ModelsTable, read_table

TEXT = (ROOT / "docs" / "models.md").read_text("utf-8")
DESK = 'company = "A"\nsignature = "A"\ndefault_queue = "support"\n'
TABLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
NAMES = re.findall(r"^\| [^|]+ \| `\"([^\"]+)\"` \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_in_it_is_one_that_a_desk_can_have(table: str) -> None:
    found = read_table(DESK + table, "desk.toml")

    assert [parse(name) for name in found.chain]


def test_the_limits_that_it_shows_are_those_of_a_desk_that_names_none() -> None:
    shown = read_table(DESK + TABLES[-1], "desk.toml").models.model_dump(exclude={"judge", "prices"})

    assert shown == ModelsTable().model_dump(exclude={"judge", "prices"})


def test_every_provider_its_extra_and_its_key_are_named() -> None:
    assert {parse(name).provider for name in NAMES} == {*PROVIDERS, "openai-compatible"}
    for name in NAMES:
        assert f"'deskhand[{parse(name).extra}]'" in TEXT
    for variable in MODEL_KEYS.values():
        assert f"`{variable}`" in TEXT
