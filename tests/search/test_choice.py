"""Which of several articles suits a question."""

import pytest

from deskhand.infrastructure.library.choice import locale_rank, products_in, versions_in


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("does it work in version 3?", {"3"}),
        ("does it work in v3?", {"3"}),
        ("I have 3 charges", set()),
        ("since 2.4 it is slow", {"2.4"}),
        ("since 2.4.1 it is slow", set()),
        ("since 12.4 it is slow", set()),
        ("in the Classic editor", {"classic"}),
        ("classical music", set()),
    ],
)
def test_versions_are_named_as_people_name_them(question: str, found: set[str]) -> None:
    assert versions_in(question, ["3", "v2.4", "Classic"]) == found


def test_a_product_is_named_by_its_whole_name() -> None:
    assert products_in("How do LUMEN BOARDS work?", ["Lumen Boards", "Lumen"]) == {"lumen boards", "lumen"}
    assert products_in("illumination", ["Lumen"]) == set()


def test_locales_come_in_the_order_in_which_they_help() -> None:
    offered = ["fr", "en", "", "de-CH", "de-AT"]

    assert sorted(offered, key=lambda one: locale_rank(one, "de_at")) == ["de-AT", "de-CH", "", "en", "fr"]
    assert {locale_rank(one, "") for one in offered} == {2}
