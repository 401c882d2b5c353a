"""What documents show of a desk folder is what a desk would take: `desk.toml` by its own reader, YAML by its own."""

import tomllib
from pathlib import Path

import pytest
import yaml
from tests.docs.documents import DOCUMENTS, blocks

from deskhand.settings import read_table

HEAD = {"company": '"Lumen"', "signature": '"Lumen"', "default_queue": '"support"'}
# What a part may lean on, where it does not say it itself.
MAIL, SLACK = '\n[systems.mail]\nsender = "Lumen"\n', '\n[channels.slack]\nchannels = ["C0123456789"]\n'


def shown(of: str) -> list[tuple[Path, str]]:
    return [(file, block) for file in DOCUMENTS for block in blocks(file.read_text("utf-8"), of)]


def named(value: object) -> str:
    return value.name if isinstance(value, Path) else ""


@pytest.mark.parametrize(("document", "block"), shown("toml"), ids=named)
def test_every_part_of_a_desk_toml_is_taken(document: Path, block: str) -> None:
    said = tomllib.loads(block)
    head = "".join(f"{key} = {value}\n" for key, value in HEAD.items() if key not in said)
    tail = "" if "mail" in said.get("systems", {}) else MAIL
    tail += "" if "slack" in said.get("channels", {}) else SLACK

    assert read_table(head + block + tail, document.name)


@pytest.mark.parametrize(("document", "block"), shown("yaml"), ids=named)
def test_every_block_of_yaml_is_read(document: Path, block: str) -> None:
    assert yaml.safe_load(block) is not None
