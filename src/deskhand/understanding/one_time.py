"""Finds what may be a one-time code in a message, however it was spaced, and takes it out."""

import re
from collections.abc import Iterator

from deskhand.domain.plain_text import plain

DIGITS = 8
MOST = 50  # numbers looked at in one message
PLACE = "[code]"
RUN = re.compile(r"(?<![\w#])\d(?:[ \t.-]{0,3}\d)*+(?![\w])")
DAY = re.compile(r"\d{4}[ .-]\d\d?[ .-]\d\d?|\d\d?[ .-]\d\d?[ .-]\d{4}")


def candidates(text: str) -> tuple[str, ...]:
    """The digits of each number that has as many as a code, once each; a date is none."""
    read = plain(text).text
    found = dict.fromkeys(_digits(read[start:end]) for start, end in _places(read))
    return tuple(found)[:MOST]


def without_codes(text: str) -> str:
    """The text with [code] in place of each of them."""
    read = plain(text)
    pieces: list[str] = []
    at = 0
    for start, end in _places(read.text):
        first, last = read.written(start, end)
        pieces += (text[at:first], PLACE)
        at = last
    return "".join((*pieces, text[at:]))


def bare(text: str) -> str:
    """What else a message says beside its codes."""
    return " ".join(text.replace(PLACE, " ").split())


def _places(text: str) -> Iterator[tuple[int, int]]:
    for run in RUN.finditer(text):
        if len(_digits(run[0])) == DIGITS and not DAY.fullmatch(run[0]):
            yield run.span()


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
