"""How values are spoken to customers: money, days, lists and rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.money import Money

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
# Not strftime, which speaks the language of the machine.
MONTHS = "January February March April May June July August September October November December".split()
MOST_ROWS = 10
PLAIN = ("description", "number", "reason", "status")  # the columns of a row that people look for
Rows = Sequence[Mapping[str, Any]]


def plain(text: str) -> str:
    """Text from outside, fit to stand in a reply: with braces it could pass for a place that a receipt fills."""
    return text.translate({ord("{"): "(", ord("}"): ")"})


def money(value: Money) -> str:
    """$29.00, €29.00, 29.00 CHF."""
    number = str(Money(abs(value.minor), value.currency)).partition(" ")[0]
    minus = "-" if value.minor < 0 else ""
    sign = SIGNS.get(value.currency)
    return f"{minus}{sign}{number}" if sign else f"{minus}{number} {value.currency}"


def date(value: datetime) -> str:
    """3 November 2026."""
    return f"{day(value)} {value.year}"


def day(value: datetime) -> str:
    """3 November."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def moment(value: datetime) -> str:
    """3 November 2026, 14:05 UTC."""
    at = value.astimezone(UTC)
    return f"{date(at)}, {at:%H:%M} UTC"


def listed(value: list[str]) -> str:
    """red, green, blue."""
    return plain(", ".join(value))


def table(rows: Rows) -> str:
    """A Markdown list on lines of its own, a line a row and at most ten: day, amount, and the words that tell it."""
    lines = [f"- {', '.join(_cells(row))}" for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append(f"- and {len(rows) - MOST_ROWS} more")
    return "\n".join(["", *lines])


def _cells(row: Mapping[str, Any]) -> list[str]:
    cells = [date(value) for value in row.values() if isinstance(value, datetime)][:1]
    cells += [money(value) for value in row.values() if isinstance(value, Money)][:1]
    words = [row[name] for name in row if name in PLAIN]
    words = words or [value for value in row.values() if type(value) in (str, int)]
    return cells + [plain(" ".join(str(word).split())) for word in words]


# By name: the type it takes, and how it speaks.
FILTERS: Mapping[str, tuple[Any, Callable[[Any], str]]] = {
    "money": (Money, money),
    "date": (datetime, date),
    "day": (datetime, day),
    "moment": (datetime, moment),
    "list": (list[str], listed),
}
# By type: how it speaks without a filter. A yes or no, or a length of time, has no words of its own.
UNFILTERED: Mapping[Any, Callable[[Any], str]] = {
    str: plain,
    int: str,
    Money: money,
    datetime: date,
    list[str]: listed,
}
# By type: what it is called in faults.
KINDS: Mapping[Any, str] = {
    bool: "a yes or no",
    int: "a whole number",
    str: "a text",
    Money: "an amount",
    datetime: "a time",
    timedelta: "a length of time",
    list[str]: "a list",
}
