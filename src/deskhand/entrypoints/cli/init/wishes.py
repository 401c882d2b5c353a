"""What a new desk is to be, and how each wish is written: by a flag, or as the answer to a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import available_timezones

from deskhand.domain.calendar import DAYS, Span
from deskhand.domain.money import DIGITS

NAME = "Your company"
LANGUAGE = re.compile(r"[a-z]{2}")
OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = frozenset({"desk", "chat", "own", "records"})
SITE = re.compile(r"https?://[^\s@/]+/\S*")
RECORDS = re.compile(r"(postgres(ql)?|snowflake)://([^\s:@/]+@)?[^\s@]+|(?!\w+:)\S+")  # no password in it
DAY = {name[:3]: place for place, name in enumerate(DAYS)}
HOURS = "is to be days and hours, such as: mon-fri 09:00-17:00, sat 10:00-14:00"
Hours = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Wishes:
    """`systems` are names of connectors. `records`: the address of a database; `own`: a name for a system of the
    company's own; `articles`: a folder, or the address of a sitemap; `tickets`: a file of past tickets. "" for none."""

    company: str = NAME
    signature: str = ""
    languages: tuple[str, ...] = ("en",)
    systems: tuple[str, ...] = ("zendesk", "stripe")
    records: str = ""
    own: str = ""
    zone: str = ""
    hours: Hours = field(default_factory=dict)
    currency: str = "USD"
    articles: str = ""
    tickets: str = ""


def company(text: str) -> str:
    """Each of these takes what somebody wrote, and raises `ValueError` with what it is to be instead."""
    name = " ".join(text.split())
    if not name or not name.isprintable():  # half a letter, from an argument that is no UTF-8, is not printable
        raise ValueError("is to be a name of printable letters")
    return name


signature = company


def languages(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    if not found or not all(LANGUAGE.fullmatch(one) for one in found):
        raise ValueError("is to be codes of languages of two letters, such as: en de")
    return found


def records(text: str) -> str:
    if text and not RECORDS.fullmatch(text):
        raise ValueError(
            "is to be postgresql://user@host/name or snowflake://..., without a password, or the path of a SQLite file"
        )
    return text


def own(text: str) -> str:
    if text and (not OWN_NAME.fullmatch(text) or text in TAKEN):
        raise ValueError("is to be a name of small letters, digits and _, such as: shop")
    return text


def zone(text: str) -> str:
    if text and text not in available_timezones():
        raise ValueError("is to be a time zone, such as: Europe/Berlin")
    return text


def hours(text: str) -> Hours:
    """From "mon-fri 09:00-12:00 13:00-17:00, sat 10:00-14:00"."""
    found: dict[str, list[str]] = {}
    for part in filter(None, (one.strip().lower() for one in text.split(","))):
        days, *spans = part.split()
        first, _, last = days.partition("-")
        if first not in DAY or (last or first) not in DAY or not spans or DAY[first] > DAY[last or first]:
            raise ValueError(HOURS)
        try:
            list(map(Span.parse, spans))
        except ValueError as error:
            raise ValueError(HOURS) from error
        for day in DAYS[DAY[first] : DAY[last or first] + 1]:
            found[day] = [*found.get(day, ()), *spans]
    return found


def currency(text: str) -> str:
    """The limits of the policies are written with two digits behind the point."""
    code = text.upper()
    if DIGITS.get(code) != 2:
        raise ValueError("is to be a currency with cents, such as: EUR; for another one say USD, then edit policies/")
    return code


def articles(text: str) -> str:
    if text and not SITE.fullmatch(text) and not Path(text).is_dir():
        raise ValueError("is to be a folder that is there, or the address of a sitemap: https://.../sitemap.xml")
    return text


def tickets(text: str) -> str:
    if text and not Path(text).is_file():
        raise ValueError("is to be a file that is there: .jsonl, .json, .csv or .mbox, see docs/replay.md")
    return text
