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


WORDS = st.sampled_from(
    ["refund", "a", "takes.", "five", "# Head", "\n", "\n\n", "\n## Sub\n", "- item", "```", "end!", " "]
)


@given(st.lists(WORDS, max_size=400).map(" ".join))
def test_passages_are_short_and_letter_for_letter_and_lose_no_word_but_headings(text: str) -> None:
    found = passages(article("any", "Any", text))

    assert all(one.text in text and len(one.text.split()) <= LONGEST and one.text.strip() for one in found)
    kept = sum(len(one.text.split()) for one in found)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert kept >= sum(len(line.split()) for line in lines)
