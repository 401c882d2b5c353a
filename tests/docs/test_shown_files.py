"""What documents show of a desk folder is what a desk would take: `desk.toml` by its own reader, YAML by its own."""

import re
import tomllib
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from tests.docs.documents import DOCUMENTS, ROOT, blocks

from deskhand.bootstrap import load_folder
from deskhand.bootstrap.folder.files import policy_tests
from deskhand.entrypoints.cli.init.files import STARTER
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import try_cases
from deskhand.settings import read_settings, read_table

HEAD = {"company": '"Lumen"', "signature": '"Lumen"', "default_queue": '"support"'}
HEAD |= {"people": '{ ana = ["agent"], tom = ["agent"] }'}
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


def test_what_the_guides_write_makes_a_desk_without_a_fault(tmp_path: Path) -> None:
    copytree(STARTER, tmp_path, dirs_exist_ok=True)
    for guide in ("write-a-procedure", "write-a-policy"):
        text = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
        for name, block in re.findall(r"`([a-z/-]+\.yaml)`[^`]*```yaml\n(.*?)```", text, re.DOTALL):
            (tmp_path / name).write_text(block, "utf-8")
    desk = load_folder(read_settings(tmp_path))
    tests = policy_tests(tmp_path)

    assert "refund-when" in {one.id for one in desk.procedures}
    assert "policies/tests/credit.yaml" in tests
    assert [one.wrong for one in try_cases(desk.policy, load_cases(tests, desk.policy)) if one.wrong] == []
