"""A folder as a source of knowledge: files of all kinds, what is said of them, and what is told of the rest."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.connectors import files
from tests.connectors.test_articles import written

from deskhand.connectors.knowledge_folder.articles import read_articles
from deskhand.connectors.knowledge_folder.source import KnowledgeFolder
from deskhand.domain.article import Article
from deskhand.domain.errors import DeskFault, Missing
from deskhand.ports.knowledge import Gathered


def read(folder: Path) -> Gathered:
    return KnowledgeFolder(folder).read()


def told(gathered: Gathered) -> dict[str, str]:
    return {one.place: one.why for one in gathered.unread}


def only(gathered: Gathered) -> Article:
    (one,) = gathered.articles
    return one


def test_files_of_every_kind_become_articles(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "# A\n\nOne.\n")
    written(tmp_path, "b/b.html", "<h1>B</h1><p>Two.</p>")
    written(tmp_path, "b/c.pdf", files.pdf([*files.column(780, -20, "C"), *files.column(700, 10, "Three is said.")]))
    written(tmp_path, "d.docx", files.docx(files.paragraph("D", style="berschrift1") + files.paragraph("Four.")))
    found = read(tmp_path)

    assert [(one.source, one.title, one.audience) for one in found.articles] == [
        ("a", "A", "public"),
        ("b/b.html", "B", "public"),
        ("b/c.pdf", "C", "public"),
        ("d.docx", "D", "public"),
    ]
    assert found.unread == ()


def test_markdown_is_what_the_check_at_the_start_reads(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "---\naudience: internal\n---\n# A\n\nOne.\n")
    written(tmp_path, "b/c.md", "# C\n\nTwo.\n")

    assert read(tmp_path).articles == read_articles(tmp_path)


def test_front_matter_says_all_that_an_article_knows_of_itself(tmp_path: Path) -> None:
    text = """---
title: Refunds
audience: customers
locale: pt_br
owner: Ana
product: Reports
version: "2"
family: refunds
updated: 2026-11-02
---
Five days.
"""
    one = only(read(written(tmp_path, "a.md", text)))

    assert (one.title, one.audience, one.locale, one.owner) == ("Refunds", "customers", "pt-BR", "Ana")
    assert (one.product, one.version, one.family) == ("Reports", "2", "refunds")
    assert one.updated_at == datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize("line", ["locale: Portuguese (Brazil)", "updated: yesterday", "audience: friends"])
def test_front_matter_that_cannot_be_meant_is_a_fault(tmp_path: Path, line: str) -> None:
    written(tmp_path, "a.md", f"---\n{line}\n---\n# A\n\nOne.\n")
    with pytest.raises(DeskFault, match=line.split(":")[0]):
        read_articles(tmp_path)

    assert list(told(read(tmp_path))) == ["a"]


def test_a_file_says_of_itself_who_keeps_it_and_since_when(tmp_path: Path) -> None:
    info = "/Title (Refunds) /Author (Ana) /ModDate (D:20261102080000Z)"
    one = only(read(written(tmp_path, "a.pdf", files.pdf(files.column(700, 10, "Five days."), info=info))))

    assert (one.title, one.owner, one.updated_at) == ("Refunds", "Ana", datetime(2026, 11, 2, 8, tzinfo=UTC))


def test_a_file_that_says_nothing_has_its_name_and_its_time(tmp_path: Path) -> None:
    written(tmp_path, "how_to-refund.pdf", files.pdf(files.column(700, 10, "Five days.")))
    os.utime(tmp_path / "how_to-refund.pdf", (86_400, 86_400))
    one = only(read(tmp_path))

    assert (one.title, one.owner, one.updated_at) == ("how to refund", "", datetime(1970, 1, 2, tzinfo=UTC))


ABOUT = """
audience: internal
owner: Ana
locale: de
files:
  manual.pdf:
    title: The manual
    audience: customers
    version: "3"
"""


def test_what_a_desk_says_of_a_folder_goes_for_all_below_it(tmp_path: Path) -> None:
    written(tmp_path, "staff/_about.yaml", ABOUT)
    written(tmp_path, "staff/manual.pdf", files.pdf(files.column(700, 10, "Five days."), info="/Title (draft7)"))
    written(tmp_path, "staff/deep/a.html", "<html lang=en><h1>A</h1><p>Said.")
    written(tmp_path, "staff/deep/b.md", "---\nowner: Tom\n---\n# B\n\nMore.\n")
    written(tmp_path, "c.html", "<h1>C</h1><p>Other.")
    found = {one.source: one for one in read(tmp_path).articles}

    manual = found["staff/manual.pdf"]
    assert (manual.title, manual.audience, manual.version, manual.owner) == ("The manual", "customers", "3", "Ana")
    assert (found["staff/deep/a.html"].audience, found["staff/deep/a.html"].locale) == ("internal", "de")
    assert (found["staff/deep/b"].audience, found["staff/deep/b"].owner) == ("internal", "Tom")
    assert found["c.html"].audience == "public"
    assert {one.source: one for one in read_articles(tmp_path)} == {"staff/deep/b": found["staff/deep/b"]}


@pytest.mark.parametrize(
    "about", ["audience: [", "audience: everyone", "audeince: internal", "files: all", b"audience: \xff"]
)
def test_below_a_word_that_cannot_be_read_nothing_is_taken_for_public(tmp_path: Path, about: str | bytes) -> None:
    written(tmp_path, "staff/_about.yaml", about)
    written(tmp_path, "staff/deep/a.html", "<h1>A</h1><p>Said.")
    written(tmp_path, "staff/b.md", "# B\n\nMore.\n")
    written(tmp_path, "c.md", "# C\n\nOther.\n")
    found = read(tmp_path)

    assert [one.source for one in found.articles] == ["c"]
    assert set(told(found)) == {"staff/b", "staff/deep/a.html"}
    with pytest.raises(DeskFault):
        read_articles(tmp_path)


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    written(tmp_path, "broken.pdf", b"%PDF-1.7 nothing")
    written(tmp_path, "bomb.docx", files.docx("", more={"word/document.xml": b" " * 60_000_000}))
    written(tmp_path, "empty.html", "<script>only()</script>")
    written(tmp_path, "none.md", "no title")
    written(tmp_path, "old.doc", "words")
    written(tmp_path, "picture.png", b"\x89PNG")
    with (tmp_path / "large.pdf").open("wb") as large:
        large.truncate(50 * 1024 * 1024)
    written(tmp_path, "good.md", "# Good\n\nSaid.\n")
    found = read(tmp_path)

    assert [one.source for one in found.articles] == ["good"]
    assert {place: why.split("(")[0] for place, why in told(found).items()} == {
        "bomb.docx": "it unpacks to more than we hold, as a zip bomb would",
        "broken.pdf": "it is not a PDF file, or a broken one ",
        "empty.html": "it holds no text",
        "large.pdf": "it is larger than 32 megabytes",
        "none": "has no title: neither in its front matter nor as a first heading",
        "old.doc": "is of a kind that we do not read ",
    }


def test_letters_that_had_to_be_guessed_are_told(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.html", "<h1>Größe</h1><p>Said.".encode("cp1252")))

    assert only(found).title == "Größe"
    assert told(found) == {"a.html (letters)": "it is not UTF-8; read as windows-1252"}


def test_links_are_followed_inside_of_the_folder_only(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", "secret.md", "# Secret\n\nThe key.\n")
    written(outside, "secret.html", "<h1>Secret</h1><p>The key.")
    folder = written(tmp_path / "articles", "versions/a.html", "<h1>A</h1><p>Said.")
    (folder / "a.html").symlink_to(folder / "versions" / "a.html")
    (folder / "b.html").symlink_to(outside / "secret.html")
    (folder / "c.html").symlink_to(folder / "gone.html")
    (folder / "d").symlink_to(outside)
    (folder / "versions" / "e").symlink_to(folder)
    (folder / "f.md").symlink_to(outside / "secret.md")
    found = read(folder)

    assert [one.source for one in found.articles] == ["a.html"]
    assert set(told(found)) == {"b.html", "c.html", "d", "f", "versions/a.html", "versions/e"}
    with pytest.raises(DeskFault, match="leads out of the folder"):
        read_articles(folder)


def test_hidden_files_are_nobodys_articles(tmp_path: Path) -> None:
    written(tmp_path, ".trash/a.md", "# A\n\nOne.\n")
    written(tmp_path, ".b.html", "<p>Two.")
    written(tmp_path, "c.md", "# C\n\nThree.\n")

    assert [one.source for one in read(tmp_path).articles] == ["c"]


def test_what_is_said_twice_is_kept_once_and_told(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.html"):
        written(tmp_path, name, "# T\n\nSaid.\n" if name.endswith("md") else "<h1>T</h1><p>Said.")
    found = read(tmp_path)

    assert [one.source for one in found.articles] == ["a"]
    assert told(found) == {
        "b": "says word for word what a says, which is kept",
        "c.html": "says word for word what a says, which is kept",
    }


def test_the_same_words_for_others_are_another_article(tmp_path: Path) -> None:
    written(tmp_path, "a.md", "---\naudience: internal\n---\n# T\n\nSaid.\n")
    written(tmp_path, "b.md", "# T\n\nSaid.\n")

    assert [one.source for one in read(tmp_path).articles] == ["a", "b"]


def test_an_empty_folder_is_told_and_one_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    assert told(read(tmp_path)) == {"articles": "the folder is empty"}
    with pytest.raises(Missing):
        read(tmp_path / "unmounted")


def test_a_file_is_taken_apart_again_only_when_it_has_changed(tmp_path: Path) -> None:
    source = KnowledgeFolder(written(tmp_path, "a.html", "<h1>A</h1><p>One."))
    first = source.read()
    stamp = (tmp_path / "a.html").stat()
    written(tmp_path, "a.html", "<h1>A</h1><p>Two.")
    os.utime(tmp_path / "a.html", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert source.read() == first  # nobody changes a file without changing its time or its size

    written(tmp_path, "a.html", "<h1>A</h1><p>Three.")
    assert only(source.read()).text == "# A\n\nThree.\n"
    (tmp_path / "a.html").unlink()
    assert source.read().articles == ()
