"""Every link of a document leads somewhere: to a file that is there, and to a heading in it."""

import re
import subprocess
from pathlib import Path, PurePath

import pytest
from tests.docs.documents import DOCUMENTS, FENCED, ROOT, prose

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
PATH = re.compile(r"`([\w./*-]*(?:/|\.(?:py|toml|yaml|json|html|js|md|po)))`")
OF_A_DESK = {".deskhand/", "drafts/"}  # are made where a desk is at work
HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    lost = []
    for path, anchor in LINK.findall(prose(document.read_text("utf-8"))):
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(f"{path}#{anchor}")

    assert lost == []


def anchors(document: Path) -> set[str]:
    """As a repository and MkDocs make them of headings."""
    headings = HEADING.findall(FENCED.sub("", document.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).replace(" ", "-") for heading in headings}


def test_every_path_that_the_architecture_names_is_there_and_every_folder_is_named() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [PurePath(name) for name in done.stdout.splitlines()]
    there = {*files, *(folder for file in files for folder in file.parents)}

    assert [name for name in set(PATH.findall(text)) - OF_A_DESK if not any(one.match(name) for one in there)] == []
    assert [one for one in set(re.findall(r"docs/decisions/(\d{4})", text)) if not decision(one)] == []
    source = ROOT / "src" / "deskhand"
    folders = {file.parent.name for place in ("*", "bootstrap/*") for file in source.glob(f"{place}/__init__.py")}
    assert {name for name in folders if f"`{name}/`" not in text} == set()


def decision(number: str) -> list[Path]:
    return list((ROOT / "docs" / "decisions").glob(f"{number}-*.md"))
