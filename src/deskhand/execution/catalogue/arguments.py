"""Reading the arguments of a proposal: exactly the names that are wanted, each of one spelling."""

import re
from collections.abc import Mapping

from deskhand.domain.ref import Ref

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,63}")  # an id travels in addresses: nothing in it may mean anything there
NUMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")
OF_TICKET = re.compile(r"(?=.{1,64}\Z)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")  # no part of it leads elsewhere
EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{3,190}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def only(args: Mapping[str, str], *names: str) -> None:
    """ValueError unless `args` has these names, all of them texts."""
    if set(args) != set(names) or not all(isinstance(value, str) for value in args.values()):
        raise ValueError(f"takes exactly {', '.join(names)}")


def identifier(text: str) -> str:
    """ValueError unless it is a plain id like ch_1."""
    if not ID.fullmatch(text):
        raise ValueError("an id has letters, digits and underscores only")
    return text


def ticket(text: str) -> str:
    """ValueError unless it names a ticket: "zendesk:ticket:7"."""
    ref = Ref.parse(text)
    if ref.kind != "ticket" or not OF_TICKET.fullmatch(ref.id) or not ID.fullmatch(ref.system):
        raise ValueError("a ticket is named like zendesk:ticket:7")
    return str(ref)


def days(text: str, most: int) -> str:
    """ValueError unless it is a whole number of days from 1 to `most`."""
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= most:
        raise ValueError(f"a whole number of days, from 1 to {most}")
    return str(int(text))


def email(text: str) -> str:
    """ValueError unless it is one address."""
    if not EMAIL.fullmatch(text.strip()):
        raise ValueError("that is not one e-mail address")
    return text.strip()


def line(text: str, most: int, *, least: int = 1) -> str:
    """One line without what cannot be seen, and with single spaces. ValueError when it is longer or shorter."""
    whole = " ".join(text.split())
    if CONTROL.search(text.strip()) or not least <= len(whole) <= most:
        raise ValueError(f"one line of {least} to {most} characters")
    return whole


def text(value: str, most: int) -> str:
    """Several lines. ValueError when nothing is in them, or more than `most` characters."""
    whole = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not whole or len(whole) > most or CONTROL.search(whole.replace("\n", "").replace("\t", "")):
        raise ValueError(f"a text of 1 to {most} characters")
    return whole
