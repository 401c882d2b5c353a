"""Atlassian Document Format: what we write comes back as it was, and of what others write no word is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.jira.adf import to_adf, to_text
from deskhand.connectors.jira.door import understood
from deskhand.domain.errors import Invalid

WORDS = st.text(alphabet=st.characters(exclude_characters="\n\r", exclude_categories=("Cs", "Cc")), max_size=40)
LINE = st.one_of(WORDS, st.builds("see https://example.com/{}?q=1. {}".format, st.integers(0, 99), WORDS))
TEXT = st.lists(st.lists(LINE, max_size=4).map("\n".join), max_size=4).map("\n\n".join)
LEAF = st.builds(lambda text: {"type": "text", "text": text}, st.text(min_size=1, max_size=9))
KINDS = st.sampled_from(["paragraph", "bulletList", "listItem", "panel", "table", "tableRow", "tableCell", "hologram"])


def paragraph(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content)}


def words(text: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": text, "marks": list(marks)} if marks else {"type": "text", "text": text}


def document(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(content)}


def within(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda kind, content: {"type": kind, "content": content}, KINDS, st.lists(inner, max_size=3))


def said(node: dict[str, Any]) -> list[str]:
    return [node["text"]] if "text" in node else [one for each in node.get("content", ()) for one in said(each)]


@given(TEXT)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert to_text(to_adf(text)) == text


@given(TEXT)
def test_a_document_of_ours_has_no_empty_words(text: str) -> None:
    """Jira refuses those."""
    assert all(said(to_adf(text)))


@given(st.recursive(LEAF, within, max_leaves=12))
def test_no_word_is_lost_whatever_it_stands_in(node: dict[str, Any]) -> None:
    told = "".join(to_text(document(node)).split())
    for one in said(node):
        for line in one.splitlines():
            assert "".join(line.split()) in told


def test_a_blank_line_begins_a_paragraph_and_another_line_does_not() -> None:
    assert to_adf("One\ntwo\n\nthree")["content"] == [
        paragraph(words("One"), {"type": "hardBreak"}, words("two")),
        paragraph(words("three")),
    ]


def test_an_address_is_a_link_without_the_full_stop_behind_it() -> None:
    address = "https://example.com/a?b=1"
    link = words(address, {"type": "link", "attrs": {"href": address}})

    assert to_adf(f"See {address}.")["content"] == [paragraph(words("See "), link, words("."))]


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"type": "mention", "attrs": {"id": "1", "text": "@Maya"}}, "@Maya"),
        ({"type": "emoji", "attrs": {"shortName": ":wave:", "text": "👋"}}, "👋"),
        ({"type": "emoji", "attrs": {"shortName": ":logo:"}}, ":logo:"),
        ({"type": "inlineCard", "attrs": {"url": "https://example.com"}}, "https://example.com"),
        ({"type": "status", "attrs": {"text": "DONE", "color": "green"}}, "DONE"),
        ({"type": "date", "attrs": {"timestamp": "1795460270000"}}, "2026-11-23"),
        ({"type": "date", "attrs": {"timestamp": "soon"}}, ""),
        ({"type": "media", "attrs": {"id": "1", "type": "file", "alt": "bill.pdf"}}, "bill.pdf"),
        ({"type": "codeBlock", "content": [words("if a:\n    b")]}, "if a:\n    b"),
        ({"type": "rule"}, "---"),
        ({"type": "hologram", "text": "new to us"}, "new to us"),
        ({"type": "hologram", "content": [paragraph(words("new to us"))]}, "new to us"),
        ({"type": "hologram", "attrs": {"depth": 3}}, ""),
        (words("bold", {"type": "strong"}), "bold"),
        (words("here", {"type": "link", "attrs": {"href": "https://example.com"}}), "here (https://example.com)"),
        (words("a@b.example", {"type": "link", "attrs": {"href": "mailto:a@b.example"}}), "a@b.example"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_stands_in_a_document_is_told_in_words(node: dict[str, Any], text: str) -> None:
    assert to_text(document(node)) == text


def test_lists_keep_their_signs_and_their_steps() -> None:
    inner = {"type": "orderedList", "attrs": {"order": 3}, "content": [item("third"), item("fourth")]}
    outer = {"type": "bulletList", "content": [item("one"), item("two", inner)]}

    assert to_text(document(paragraph(words("A list:")), outer)) == "A list:\n\n- one\n- two\n  3. third\n  4. fourth"


def item(text: str, *more: dict[str, Any]) -> dict[str, Any]:
    return {"type": "listItem", "content": [paragraph(words(text)), *more]}


def test_what_is_quoted_is_told_as_quoted() -> None:
    quote = {"type": "blockquote", "content": [paragraph(words("You said")), paragraph(words("so."))]}

    assert to_text(document(quote, paragraph(words("No.")))) == "> You said\n> \n> so.\n\nNo."


def test_words_in_a_row_stay_in_one_line() -> None:
    row = paragraph(words("Ask "), {"type": "mention", "attrs": {"text": "@Maya"}}, words(" about it"))

    assert to_text(document(row)) == "Ask @Maya about it"


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (None, ""),
        ("plain", "plain"),
        ([], ""),
        (7, ""),
        ({}, ""),
        ({"type": "doc", "content": None}, ""),
        ({"type": "doc", "content": "text"}, ""),
        ({"type": "doc", "content": [None, "x", {"type": None, "attrs": [], "marks": 3}]}, ""),
    ],
)
def test_what_is_no_document_breaks_nothing(node: Any, text: str) -> None:
    assert to_text(node) == text


def test_a_document_that_is_too_deep_is_an_error_with_a_name() -> None:
    deep = words("x")
    for _ in range(5_000):
        deep = {"type": "panel", "content": [deep]}
    with pytest.raises(Invalid, match="a ticket cannot be read"), understood("ticket"):
        to_text(deep)
