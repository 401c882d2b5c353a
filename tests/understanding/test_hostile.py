"""Strangers write these texts: whatever they repeat, the time grows no faster than the length."""

import time

import pytest

from deskhand.domain.contact import Contact
from deskhand.understanding.redact import mask

LENGTH = 20_000  # characters: as much as a brain reads
ALL_RULES = "@ :// = -u pass pin code cvv back bearer 1 :AA ::\n\n"  # some are asked only where a text has such a word
MOMENT = 0.1  # seconds; what takes no longer may grow as it likes
UNITS = [
    *("1 ", "11 ", "1111 ", "4111 1111 1111 1111 ", "4111-1111-", "0 1 2 ", "00 1 ", "01 23 ", "12/27", "1,", "1.1."),
    *("a@", "a.", "a@a.", "@", "://a:", "://", "=a&token", "?token=", "eyJa-", "eyJ.", "sk-", "-", "_a", "::", "a:"),
    *("password ", "password is ", "password a ", "password: ", 'password "', "pin is 1", "otp a ", "code you sent a "),
    *("security code is ", "bearer ", "basic a=", "-----BEGIN PRIVATE KEY-----!", "-----BEGIN ", "DE89 ", "AB 12 "),
    *("de12 ab ", "+1 ", "+1(", "(415) ", "tel 1", "ssn 1 2 ", "2 83 12 ", "11.22.33-", "steuer 12 345 678 901 "),
    *(
        "card 4",
        "exp 12/",
        "4111111111111111 exp ",
        "order number is , : . # - ",
        "passport is 1",
        "[email 1]",
        "\u200b",
    ),
    *("4\u200b1", "\u0661", "\uff11", "\u2013", "\n", "\t", "x", "X1", "Maya ", "a1B2c3D4e5F6g7H8.", "http://1.2.3.4/"),
]


def seconds(text: str) -> float:
    began = time.perf_counter()
    mask(text, tuple(Contact), {Contact.NAME: "Maya Chen"})
    return time.perf_counter() - began


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_repetition_takes_four_times_as_long(unit: str) -> None:
    text = ALL_RULES + (unit * LENGTH)[:LENGTH]
    for _ in range(5):  # others use this machine, too
        whole = seconds(text)
        if whole < MOMENT or whole < 8 * seconds(text[: LENGTH // 4]):
            return
    pytest.fail(f"{whole:.2f} s, and more than proportional")
