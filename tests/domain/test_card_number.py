"""Numbers of cards: found in whatever form they come, and nothing else is taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.card_number import is_card, json_without_cards, value_without_cards, without_cards

BEGINS = ["4", "51", "2221", "2720", "34", "37", "6011", "65", "3528", "62", "2200", "5018"]
SIGNS = ["", " ", "-", ".", "\n", " \n", "\u00a0", "\u2013", "\u200b", "\r\n", "\t", "_"]
SCRIPTS = ["".join(chr(zero + digit) for digit in range(10)) for zero in (0x30, 0x660, 0x966, 0xE50, 0xFF10)]


def checked(body: str) -> str:
    """With its check digit."""
    return next(body + last for last in "0123456789" if is_card(body + last))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    begin = draw(st.sampled_from(BEGINS))
    length = 15 if begin in ("34", "37") else 16
    return checked(
        begin + draw(st.text("0123456789", min_size=length - 1 - len(begin), max_size=length - 1 - len(begin)))
    )


@given(
    numbers(),
    st.sampled_from(SIGNS),
    st.sampled_from(SCRIPTS),
    st.sampled_from(["", "card: ", "order ", "/pay/", "?n="]),
)
def test_no_number_is_left_however_it_is_written(number: str, sign: str, script: str, before: str) -> None:
    sizes = [4, 6, 5] if len(number) == 15 else [4, 4, 4, 4]
    groups = [number[sum(sizes[:place]) :][:size] for place, size in enumerate(sizes)]
    text = before + sign.join(groups).translate(str.maketrans("0123456789", script)) + " please"

    assert without_cards(text) == f"{before}{number[:6]}******{number[-4:]} please"
    kept = json.loads(json_without_cards(json.dumps({"deep": [{"text": text}]}, ensure_ascii=False)))
    assert kept == value_without_cards({"deep": [{"text": text}]})


@given(st.text())
def test_any_text_is_kept_as_it_is_or_with_its_cards_masked(text: str) -> None:
    once = without_cards(text)
    assert without_cards(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "0.4111111111111111",
        "4.111111111111111",
        "4111111111111112",
        "id_4111111111111111",
        "a4111111111111111",
        "4111111111111111b",
        "41111111111111111111",
        "36012345678908",
        "2026-11-28T07:41:04.123456+00:00",
        "1764315664.123456",
        "DE89 3704 0044 0532 0130 00",
    ],
)
def test_what_is_no_card_stays(text: str) -> None:
    assert without_cards(text) == text


def test_what_a_strip_holds_goes_whole() -> None:
    for strip in ("%B4111111111111111^DOE/JANE^30011010000000000000?", ";4111111111111111=30011010000000000000?"):
        assert without_cards(f"read: {strip} end") == "read: 411111******1111 end"


def test_numbers_of_our_own_stay() -> None:
    assert without_cards("4111111111111111 5555555555554444", own=lambda digits: digits[0] == "4") == (
        "4111111111111111 555555******4444"
    )


def test_json_stays_json() -> None:
    assert json_without_cards("[4111111111111111,true,2]") == '["411111******1111",true,2]'
    assert json_without_cards("4111111111111111") == "411111******1111"


def test_a_long_row_of_digits_takes_no_longer_than_it_is_long() -> None:
    """Counted in steps: how often the check digit is computed grows with the length, not with its square."""
    asked: list[str] = []

    def own(digits: str) -> bool:
        asked.append(digits)
        return True

    without_cards("4111 1111 1111 1111 " * 500, own)
    few = len(asked)
    without_cards("4111 1111 1111 1111 " * 1000, own)

    assert len(asked) - few <= 2 * few + 10
