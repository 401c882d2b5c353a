"""Amounts, telephone numbers, dates and times as somebody writes them."""

from decimal import Decimal

from tests.fuzz.door import Door
from tests.fuzz.mutating import words

from deskhand.connectors.documents.document import locale_of, moment_of
from deskhand.connectors.history_file.text import plain_of, told_time
from deskhand.domain.attachment import claimed
from deskhand.domain.money import Money
from deskhand.domain.phone import e164
from deskhand.planning import times
from deskhand.understanding.quoted import own_words, runs
from deskhand.understanding.signature import without_signature

PARTS: tuple[str, ...] = (
    "29.00",
    " USD",
    " KWD",
    "$",
    "\u20ac",
    "1,234.56",
    "-",
    "+49",
    "0049",
    "(0)",
    " 30 ",
    "/",
    ".",
    "2026",
    "-11-24",
    "T09:00",
)
PARTS += (
    "Z",
    "+23:59",
    "0001-01-01",
    "9999-12-31",
    "31 November",
    "3. M\u00e4rz",
    "on the 5th",
    "5pm",
    "24:00",
    "UTC+99",
    "CET-99:99",
)
PARTS += (
    "in 3 days",
    "within an hour",
    "9" * 30,
    "\u0663",
    "\x00",
    "\ud800",
    "\n> ",
    "--\n",
    "<br>",
    "&#x110000;",
    "en-US",
    "1e999",
    ":",
)


def stated(text: str) -> object:
    """What a text is taken to say of times; every reader in turn."""
    for read in (times.dates, times.months, times.times, times.durations, times.single):
        read(text)
    times.deadlines(text, ("en", "de"))
    own_words(text, [runs(text)])
    without_signature(text)
    plain_of(text)
    moment_of(text)
    return [e164(text), locale_of(text), str(claimed(text, text, 3).size)]


def amount(text: str) -> object:
    found = Money.parse(text)
    assert Decimal(str(found).split()[0]) == Decimal(text.split()[0])
    return found


DOORS = [
    Door(
        "times in a text",
        words(*PARTS),
        stated,
        long=(
            "1 " * 20_000,
            "in 3 days " * 4_000,
            "> " * 100_000,
            "<br " * 100_000,
            "+49 (0)" * 30_000,
            "5pm " * 10_000,
        ),
    ),
    Door(
        "amount",
        words(*PARTS, most=4),
        amount,
        (ValueError,),
        once=("29.00 USD", "1.000 KWD"),
        long=("9" * 1_000_000 + " USD",),
    ),
    Door(
        "time in a field",
        words(*PARTS, most=5),
        lambda text: told_time(text, "at").isoformat(),
        (ValueError,),
        once=("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    ),
]
