"""Every link of a document leads somewhere: to a file that is there, and to a heading in it."""

import re
from pathlib import Path

import pytest
from tests.docs.documents import DOCUMENTS, FENCED, ROOT, prose

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
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
