"""Articles are cut at headings first; a passage stands in its article letter for letter."""

from hypothesis import given
from hypothesis import strategies as st
from tests.search.values import article

from deskhand.infrastructure.search.passages import LONGEST, passages

TEXT = """Refunds take 5 to 10 business days.

## By card

The card company books it.

### Credit cards

Look at the next statement.

## By transfer
It takes 2 days.
"""


def test_each_section_is_a_passage_with_the_path_of_its_headings() -> None:
    found = passages(article("billing/refunds", "How long does a refund take?", TEXT))

    assert [(one.heading, one.text) for one in found] == [
        ("", "Refunds take 5 to 10 business days."),
        ("By card", "The card company books it."),
        ("By card > Credit cards", "Look at the next statement."),
        ("By transfer", "It takes 2 days."),
    ]


def test_a_comment_in_a_code_block_is_no_heading() -> None:
    found = passages(article("api", "API", "Call it:\n\n```\n# not a heading\ncurl x\n```\n"))

    assert [one.heading for one in found] == [""]


def test_a_long_section_is_cut_between_paragraphs() -> None:
    paragraph = "word " * 99 + "end."
    found = passages(article("long", "Long", "\n\n".join([paragraph] * 3)))

    assert [len(one.text.split()) for one in found] == [100, 100, 100]


def test_an_article_without_words_has_no_passages() -> None:
    assert passages(article("empty", "Empty", " \n\n# Heading only\n")) == ()


def test_a_block_of_code_is_not_cut_and_the_text_around_it_is() -> None:
    code = "```\n" + "\n\n".join(f"line {n} of the code" for n in range(80)) + "\n```"
    text = "word " * 100 + f"\n\n{code}\n\n" + "word " * 100
    found = passages(article("api", "API", text))

    assert [one.text for one in found] == [("word " * 100).strip(), code, ("word " * 100).strip()]


def test_a_block_of_code_that_never_ends_is_text_like_any_other() -> None:
    found = passages(article("api", "API", "```\n\n# Heading\n\ntext"))

    assert [(one.heading, one.text) for one in found] == [("", "```"), ("Heading", "text")]


def test_later_rows_of_a_long_table_keep_its_header() -> None:
    rows = "\n".join(f"| plan {n} | {n} dollars a month |" for n in range(60))
    text = f"## Prices\n\n| Plan | Price |\n|---|---|\n{rows}\n"
    found = passages(article("prices", "Prices", text))

    assert len(found) > 1
    assert [one.heading for one in found] == ["Prices", *["Prices > Plan | Price"] * (len(found) - 1)]
    assert all(one.text.startswith("|") and one.text.endswith("|") for one in found)


MARKS = [
    "# Head",
    "\n",
    "\n\n",
    "\n## Sub\n",
    "- item",
    "\n```",
    "\n~~~\n",
    "\n| a | b |",
    "\n|---|---|",
    "\u2028",
    " ",
]
WORDS = st.sampled_from(["refund", "a", "takes.", "five", "end!", "word " * 60, *MARKS])


@given(st.lists(WORDS, max_size=400).map(" ".join))
def test_passages_are_short_and_lose_no_word_but_headings(text: str) -> None:
    found = passages(article("any", "Any", text))

    code = ("```", "~~~")
    assert all(len(one.text.split()) <= LONGEST or any(mark in one.text for mark in code) for one in found)
    kept = sum(len(one.text.split()) for one in found)
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    assert kept >= sum(len(line.split()) for line in lines)


@given(st.one_of(st.lists(WORDS, max_size=200).map(" ".join), st.text(st.characters(), max_size=500)))
def test_each_passage_stands_in_its_article_letter_for_letter_where_it_says(text: str) -> None:
    found = passages(article("any", "Any", text))

    assert all(text[one.start : one.start + len(one.text)] == one.text for one in found)
    assert all(one.text == one.text.strip() != "" for one in found)
    ends = [0, *(one.start + len(one.text) for one in found)]
    assert all(one.start >= end for one, end in zip(found, ends, strict=False))
