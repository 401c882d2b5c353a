"""Card and account numbers, keys and passwords never reach a brain."""

import pytest

from deskhand.understanding.redact import redact
from deskhand.understanding.understand import readable


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("order 4111111111111112 is late", "order 4111111111111112 is late"),
        ("pay to DE89 3704 0044 0532 0130 00 please", "pay to [iban] please"),
        ("my password is hunter2!", "my password is [secret]"),
        ("key sk_live_4242424242424242", "key [secret]"),
        ("ssn 536-22-1234", "ssn [national id]"),
        ("call +1 415 555 0132", "call +1 415 555 0132"),
        ("invoice 2026-11-0042", "invoice 2026-11-0042"),
    ],
)
def test_secrets_are_masked_and_nothing_else(text: str, left: str) -> None:
    assert redact(text) == left


def test_control_characters_go_and_length_is_bounded() -> None:
    text = readable("a\x00b\x07\u202ec" + "x" * 100_000)
    assert text.startswith("abc")
    assert len(text) == 20_000
