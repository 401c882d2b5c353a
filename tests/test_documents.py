"""Documents and files that cannot lie: what they name exists, and nothing of a build machine is left in them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from deskhand.entrypoints.cli import app

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*/*.md")]
PACKAGES = ROOT / "docs" / "decisions" / "dependencies.md"  # all in one table, and no decision by itself
DECISIONS = sorted({*(ROOT / "docs" / "decisions").glob("*.md")} - {PACKAGES})
HEADINGS = ["## Context", "## Decision", "## Consequences"]
CODE = re.compile(
    r"^ *(?P<fence>```+)[^\n]*\n(?P<block>.*?)^ *(?P=fence)|`(?P<span>[^`\n]+)`", re.MULTILINE | re.DOTALL
)

# Spelled apart, so that this file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "python" + "hosted"]
OPTIONS = ["index" + "-url", "extra" + "-index", "trusted" + "-host"]
MACHINE = re.compile("|".join([*map(re.escape, HOSTS), *OPTIONS, r"(?<![\w.~}])/(work|farm)/"]))


def test_every_make_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(named_after("make")) <= targets


def test_the_first_page_names_every_command() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    table = re.findall(r"^\| `deskhand .*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert set(re.findall(r"`deskhand ([a-z-]+)", "\n".join(table))) == set(group.commands)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_says_context_decision_and_consequences_on_one_page(decision: Path) -> None:
    lines = decision.read_text("utf-8").splitlines()

    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    assert len(lines) <= 60


def test_decisions_are_numbered_once_each() -> None:
    numbers = [file.name[:5] for file in DECISIONS]

    assert numbers
    assert all(re.fullmatch(r"\d{4}-", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_no_file_names_a_package_index_or_a_build_machine() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in ours()
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]

    assert found == []


def test_every_source_file_says_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "src").rglob("*.py"))
        if not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]

    assert silent == []


def named_after(program: str) -> Iterator[str]:
    """The first word after the program's name, wherever a document shows a command as code."""
    command = re.compile(rf"(?:^|&& )\s*(?:\$ )?(?:\S*/)?{program} ([a-z][a-z-]*)", re.MULTILINE)
    for document in DOCUMENTS:
        for code in CODE.finditer(document.read_text("utf-8")):
            yield from command.findall(code["block"] or code["span"] or "")


def ours() -> list[Path]:
    """What git tracks, or what it would: everything that is not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [file for name in names.split("\0") if name and (file := ROOT / name).is_file()]
