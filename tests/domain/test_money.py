"""Money is exact: what is not an amount is refused, and nothing is rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.money import DIGITS, Money

currencies = st.sampled_from(sorted(DIGITS))


@pytest.mark.parametrize(
    ("text", "minor"),
    [("29.00 USD", 2900), ("29 USD", 2900), ("29.0 USD", 2900), ("0.01 EUR", 1), ("500 JPY", 500), ("1.234 KWD", 1234)],
)
def test_an_amount_is_read_in_minor_units(text: str, minor: int) -> None:
    assert Money.parse(text) == Money(minor, text[-3:])


def test_the_currency_may_stand_apart() -> None:
    assert Money.parse("29.00", "USD") == Money(2900, "USD")


NO_AMOUNTS = "-1 +1 1e9 1e999999 NaN Infinity .5 5. 1,000.00 1.2.3 42\n 9999999999999 0x10 1_000".split(" ")
OTHER_DIGITS = ["\u0664\u0662", "\uff14\uff12"]


@pytest.mark.parametrize("amount", [*NO_AMOUNTS, *OTHER_DIGITS, ""])
def test_anything_else_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        Money.parse(amount, "USD")


@pytest.mark.parametrize("text", ["29.005 USD", "1.5 JPY", "1.0001 KWD"])
def test_what_is_finer_than_the_smallest_unit_is_refused_and_not_rounded(text: str) -> None:
    with pytest.raises(ValueError, match="finer than the smallest unit"):
        Money.parse(text)


@pytest.mark.parametrize("text", ["29.00", "29.00 usd", "29.00 XXX", "29.00  USD", "29.00 USD "])
def test_an_unknown_currency_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown currency"):
        Money.parse(text)


@given(st.integers(0, 10**11), currencies)
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    assert Money.parse(str(Money(minor, currency))) == Money(minor, currency)


@given(st.text(max_size=20), st.none() | currencies)
def test_no_text_raises_anything_but_a_value_error(text: str, currency: str | None) -> None:
    try:
        money = Money.parse(text, currency)
    except ValueError:
        return
    assert money.minor >= 0
