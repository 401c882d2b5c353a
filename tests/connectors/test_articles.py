"""Articles in a folder: what is read, what it is called, and which files are faults."""

from pathlib import Path

import pytest
from tests.contracts.rigs import ROOT

from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.domain.errors import DeskFault


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_an_article_is_named_by_its_place(tmp_path: Path) -> None:
    (one,) = read_articles(written(tmp_path, "billing/refund-times.md", "# How long?\n\nFive days.\n"))

    assert (one.source, one.title, one.audience) == ("billing/refund-times", "How long?", "public")


def test_front_matter_says_title_and_audience_and_is_no_text(tmp_path: Path) -> None:
    text = '---\ntitle: "Refunds: how long"\naudience: internal\n---\n\nFive days.\n'
    (one,) = read_articles(written(tmp_path, "a.md", text))

    assert (one.title, one.audience, one.text) == ("Refunds: how long", "internal", "Five days.\n")


def test_the_digest_changes_with_the_text_alone(tmp_path: Path) -> None:
    (first,) = read_articles(written(tmp_path, "a.md", "# A\n\nOne.\n"))
    (same,) = read_articles(written(tmp_path, "a.md", "# A\r\n\r\nOne.\r\n"))
    (other,) = read_articles(written(tmp_path, "a.md", "# A\n\nTwo.\n"))

    assert first.digest == same.digest != other.digest


def test_articles_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/a.md", "a.md", "b.md", "notes.txt"):
        written(tmp_path, name, "# Title\n")

    assert [one.source for one in read_articles(tmp_path)] == ["a", "b/a", "b"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no heading", "no title"),
        ("---\ntitle: A\naudience: everyone\n---\n", "audience 'everyone'"),
        (b"# A\n\xff\n", "UTF-8"),
        (b"# A\n" + b"x" * 1_100_000, "megabyte"),
    ],
    ids=["no title", "no such audience", "no UTF-8", "too large"],
)
def test_a_file_that_cannot_be_used_is_a_fault_of_its_own(tmp_path: Path, text: str | bytes, says: str) -> None:
    written(tmp_path, "good.md", "# Good\n")
    with pytest.raises(DeskFault, match=says) as fault:
        read_articles(written(tmp_path, "bad.md", text))

    assert len(fault.value.faults) == 1
    assert "bad.md" in fault.value.faults[0].file


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "none")
    with pytest.raises(DeskFault) as fault:
        read_articles(written(tmp_path, "b.md", "none"))

    assert len(fault.value.faults) == 2


def test_the_demo_companys_articles_can_all_be_read() -> None:
    folder = ROOT / "examples" / "lumen" / "articles"
    found = read_articles(folder)

    assert {one.source for one in found} == {
        file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.md")
    }
    assert {one.audience for one in found} == {"public", "internal"}
