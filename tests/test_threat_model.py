"""The threat model: what it says holds a rule is a test that is there."""

import re
from pathlib import Path

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_threat_model_names_is_there() -> None:
    found = NAMED.findall(Path("docs/threat-model.md").read_text("utf-8"))
    lost = [f"{file}::{name}" for file, name in found if f"def {name}(" not in _text(file)]

    assert len(found) >= 15
    assert lost == []


def test_every_line_of_a_threat_names_one() -> None:
    lines = Path("docs/threat-model.md").read_text("utf-8").splitlines()
    threats = [line for line in lines if re.match(r"\| [STRIDE]: ", line)]

    assert threats
    assert [line for line in threats if not NAMED.search(line)] == []


def _text(file: str) -> str:
    return Path(file).read_text("utf-8") if Path(file).is_file() else ""
