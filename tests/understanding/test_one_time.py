"""One-time codes in messages: found however they are spaced, taken out, and told from what only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.understanding.one_time import DIGITS, bare, candidates, without_codes

CODE = "12345678"


@pytest.mark.parametrize(
    "text",
    [
        "12345678",
        "1234 5678",
        "1234-5678",
        "12 34 56 78",
        "1 2 3 4 5 6 7 8",
        "1234 - 5678",
        "my code is 1234 5678, thanks",
        "(12345678)",
        "code:12345678.",
        "1234\u00a05678",
        "1234\u20135678",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "12\u200b345678",
        "> quoted\n12345678\nMaya",
    ],
)
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    assert candidates(text) == (CODE,)
    assert "[code]" in without_codes(text)
    assert candidates(without_codes(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234567",
        "123456789",
        "4242 4242 4242 4242",
        "+49 1234 5678",
        "SN12345678",
        "#12345678",
        "12345678x",
        "it was on 2026-03-01",
        "on 12.10.2025",
        "on 3-11-2026, I think",
        "12345678.50",
        "1234\n5678",
    ],
)
def test_what_is_no_code_stays(text: str) -> None:
    assert candidates(text) == ()
    assert without_codes(text) == text


def test_each_number_counts_once_and_in_order() -> None:
    assert candidates("1111 2222, 33334444, 1111-2222") == ("11112222", "33334444")


def test_what_else_a_message_says_is_what_is_left() -> None:
    assert bare(without_codes("it is 1234 5678,  thanks")) == "it is , thanks"


@given(
    code=st.text("0123456789", min_size=DIGITS, max_size=DIGITS),
    seam=st.sampled_from(["", " ", "-", "\u2011"]),
    before=st.sampled_from(["", "code: ", "Hi!\n", "(", "it is "]),
    behind=st.sampled_from(["", ".", "\nThanks", ")", ", please go on"]),
)
def test_no_digit_of_a_code_is_left_in_a_text(code: str, seam: str, before: str, behind: str) -> None:
    half = DIGITS // 2
    text = f"{before}{code[:half]}{seam}{code[half:]}{behind}"
    assert candidates(text) == (code,)
    assert without_codes(text) == f"{before}[code]{behind}"


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(len(one) == DIGITS for one in candidates(text))
    assert without_codes(without_codes(text)) == without_codes(text)
