"""What an article states in numbers, read from its Markdown."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from deskhand.domain.article import Article
from deskhand.planning.stating import said, stated, statement

TEXT = """Exports are kept
for 7 days. Anybody can make 3 of them.

## Limits

1. A CSV file has up to **200 MB** (see [the list](https://lumen.example/200)).
- Is the limit 300 MB?

| plan | seats | price |
|---|---|---|
| Starter | 2 | 29.00 USD |
| Team | many | by contract |

```
sleep 5 seconds
```
"""
AT = datetime(2026, 1, 1, tzinfo=UTC)


def read(text: str) -> list[tuple[str, int, str]]:
    article = Article("a", "Exports", text, "public", AT, "d")
    return [(one.heading, one.line, one.text) for one in stated(article)]


def test_sentences_items_and_cells_with_figures_are_told_with_their_places() -> None:
    assert read(TEXT) == [
        ("Exports", 1, "Exports are kept for 7 days."),
        ("Exports", 1, "Anybody can make 3 of them."),
        ("Limits", 6, "A CSV file has up to **200 MB** (see the list)."),
        ("Limits", 11, "Starter | 2 seats"),
        ("Limits", 11, "Starter | 29.00 USD price"),
    ]


@pytest.mark.parametrize("text", ["", "#", "|", "| a |\n|---|", "```\n1 day", "1.", "- ", "\n\n", "| 1 | 2 | 3 |"])
def test_any_text_can_be_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "of", "unit", "value"),
    [
        ("It lasts 24 hours.", "duration", "minute", (1440,)),
        ("It lasts a week, or 7 days.", "duration", "minute", (10080,)),
        ("It takes 5 to 10 business days.", "duration", "workday", (5, 10)),
        ("It costs $29.", "amount", "USD", (29,)),
        ("Up to twenty seats are free.", "figure", "seat", (20,)),
        ("A file of 10GB is large.", "figure", "gb", (10,)),
    ],
)
def test_a_figure_is_told_in_one_notation(text: str, of: str, unit: str, value: tuple[int, ...]) -> None:
    found = statement(text)

    assert found is not None
    assert (found.figures[0].of, found.figures[0].unit.split()[0]) == (of, unit)
    assert found.figures[0].value == tuple(map(Decimal, value))


def test_hours_from_one_to_another_are_one_figure() -> None:
    found = statement("Open from 08:00 to 18:00 UTC.")

    assert found is not None
    assert [one.value for one in found.figures] == [(480, 1080)]


@pytest.mark.parametrize("text", ["Nothing is counted here.", "Is it 5 days?", "word " * 70 + "5 days"])
def test_what_states_no_figure_is_left_out(text: str) -> None:
    assert statement(text) is None


def test_names_are_told_from_words_that_open_a_sentence() -> None:
    found = statement("Seats on Team and Lumen cost 8.00 USD in May, see Settings > Billing.", nameless=["Lumen"])

    assert found is not None
    assert found.names == {"team"}
    assert found.opening == "seats"


def test_a_letter_is_read_as_an_article_is() -> None:
    assert [one.text for one in said("Hi Maya,\n\nIt takes 5 days. Bye!")] == ["It takes 5 days."]
