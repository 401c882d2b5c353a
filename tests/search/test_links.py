"""Where an article points to, and whether it says anything besides."""

import pytest

from deskhand.infrastructure.library.links import links, only_points, titles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [refunds](refund-times.md).", "billing/refund-times"),
        ("See [refunds](./refund-times.md#weekends).", "billing/refund-times"),
        ("Read [sessions](../account/sessions).", "account/sessions"),
        ("Read [sessions](/account/sessions.html 'a title').", "account/sessions"),
        ("Read [it](https://help.example.com/refunds/#top).", "https://help.example.com/refunds"),
        ('See also "Refund times" for more.', "title:refund times"),
        ("For weekends see How long does a refund take?", "title:how long does a refund take"),
    ],
)
def test_links_and_titles_are_found(text: str, found: str) -> None:
    assert found in links("billing/cancel", text)


@pytest.mark.parametrize("text", ["![a picture](x.png)", "[mail us](mailto:a@example.com)", "[up](#top)", "no link"])
def test_what_is_no_article_is_no_link(text: str) -> None:
    assert links("billing/cancel", text) == ()


def test_the_longest_title_is_tried_first() -> None:
    assert titles("title:refund times for more") == [
        "refund times for more",
        "refund times for",
        "refund times",
        "refund",
    ]
    assert titles("billing/refunds") == []


def test_a_pointer_says_little_else() -> None:
    assert only_points("See [refunds](refund-times.md).")
    assert not only_points("A refund takes 5 to 10 business days until it is on your statement, see [refunds](a.md).")
