"""The detector of card numbers, and the masks before a model."""

import json

from tests.fuzz.door import Door
from tests.fuzz.mutating import words

from deskhand.domain.card_number import json_without_cards, value_without_cards, without_cards
from deskhand.domain.contact import Contact
from deskhand.understanding.one_time import candidates, without_codes
from deskhand.understanding.redact import mask

CARD = "4111 1111 1111 1111"
PARTS: tuple[str, ...] = (
    CARD,
    "4111",
    "1111",
    "5500005555555559",
    "378282246310005",
    " ",
    "-",
    ".",
    "\n",
    "\\n",
    "\u0664",
    "\uff14",
    "=",
    "^",
)
PARTS += (
    "[",
    "]",
    "{",
    "}",
    '"',
    ":",
    ",",
    "%B4111111111111111^A/B^2512",
    ";4111111111111111=2512",
    "\u200b",
    "x",
    "_",
    "0" * 20,
)
PARTS += (
    "ada@example.com",
    "+49 30 901820",
    "DE89 3704 0044 0532 0130 00",
    "password: ",
    "pin ",
    "12345678",
    "\x00",
    "\ud800",
    "[email 1]",
)


def kept(text: str) -> object:
    """Masked as a column masks it: what is JSON stays JSON."""
    found = json_without_cards(text)
    assert isinstance(found, str)
    if _is_json(text):
        json.loads(found)
    return None


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def masked(text: str) -> object:
    value_without_cards({text: [text, 4111111111111111]})
    assert isinstance(without_cards(text), str)
    without_codes(text)
    assert len(candidates(text)) <= 50
    mask(text, tuple(Contact), {Contact.NAME: "Maya Chen"})
    return None


DOORS = [
    Door(
        "card in a column",
        words(*PARTS),
        kept,
        once=(
            "[" * 3_000 + CARD,
            '{"a":' * 3_000 + f'"{CARD}"' + "}" * 3_000,
            '["' + CARD + '",' + "[" * 600 + "]" * 600 + "]",
            f"[{CARD.replace(' ', '')}, {'9' * 5_000}]",
            f'["\\ud800 {CARD}"]',
        ),
        long=(
            "4111 " * 50_000,
            "4" * 500_000,
            (CARD + " ") * 10_000,
            ";4=" * 200_000,
            "%B4^" * 100_000,
            "[" * 500_000 + CARD,
        ),
    ),
    Door(
        "card in a text",
        words(*PARTS),
        masked,
        once=(f"a {CARD} b",),
        long=("1 " * 30_000, "a@" * 100_000, "password is " * 20_000, "-" * 300_000, "\u200b" * 300_000),
    ),
]
