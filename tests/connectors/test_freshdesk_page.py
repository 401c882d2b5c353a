"""Freshdesk's HTML and our text: nothing is lost on the way there and back, and nothing becomes markup."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from deskhand.connectors.freshdesk.marks import REFERENCE, mark, marked, reference
from deskhand.connectors.freshdesk.page import to_html, to_text

# What a reply is made of: lines of printable text.
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs")) | st.just(" ")), max_size=6)
TEXTS = LINES.map("\n".join).filter(lambda text: text.strip("> \n") == text.strip("\n") and text.strip("\n") == text)


@given(TEXTS)
@example("a  b")
@example(" <b>&amp;</b> \n\n  indented")
@example("x" + chr(0x200D) + "y")
def test_a_text_comes_back_as_it_was_sent(text: str) -> None:
    assert REFERENCE.sub("", to_text(to_html(text, reference("reply/1")))) == text.rstrip(" ")


@given(TEXTS)
def test_a_text_holds_no_markup(text: str) -> None:
    page = to_html(text)

    assert re.findall(r"<[^>]*>", page.replace("<br>", "")) == ["<div>", "</div>"]


@given(TEXTS, st.text(max_size=20))
def test_a_text_carries_the_key_it_was_sent_with_whatever_it_quotes(text: str, other: str) -> None:
    quoting = f"{text}\nYou wrote: {reference(other)} {reference('reply/2')}"
    page = to_text(to_html(quoting, reference("reply/1")))

    assert marked(page, "reply/1")
    assert not marked(page, "reply/2")


def test_a_longer_word_is_no_reference() -> None:
    assert not marked(f"ref:{mark('reply/1')}0", "reply/1")
    assert not marked("", "reply/1")


def test_what_is_quoted_keeps_its_sign_and_lines_are_lines() -> None:
    page = (
        "<div>Hello<br>there &amp; back</div><p>Second</p><ul><li>one</li><li>two</li></ul>"
        '<div class="freshdesk_quote"><blockquote>On Monday Ada wrote:<br>Old words</blockquote></div>after'
    )

    assert to_text(page).split("\n") == [
        "Hello",
        "there & back",
        "Second",
        "one",
        "two",
        "> On Monday Ada wrote:",
        "> Old words",
        "after",
    ]


def test_what_no_reader_sees_is_no_text() -> None:
    page = "<head><title>Mail</title></head><style>p {}</style><!-- secret --><script>alert(1)</script><p>Hi</p>"

    assert to_text(page) == "Hi"


@given(st.text())
def test_no_page_breaks_the_reader(page: str) -> None:
    assert isinstance(to_text(page), str)
