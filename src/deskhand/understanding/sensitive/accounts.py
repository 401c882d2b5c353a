"""Bank accounts: IBANs, by the structure that their country gives them and by their check digits."""

import re
from collections.abc import Iterator

from stdnum import iban

from deskhand.understanding.sensitive.found import Found, Kind

START = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{2}|[A-Z]{2} )\d{2}(?=[ .\n-]?[A-Za-z0-9])")
PIECE = re.compile(r"[A-Za-z0-9]++(?=([ .\n-]?))")
SHORTEST, LONGEST = 15, 34


def ibans(text: str) -> Iterator[Found]:
    """Each with the blanks, dots or dashes it was written with; the words that follow do not belong to it."""
    end = 0
    for start in START.finditer(text):
        if start.start() >= end and (end := _end(text, start.start()) or end) > start.start():
            yield Found(start.start(), end, Kind.IBAN)


def _end(text: str, start: int) -> int:
    """Where the IBAN ends that begins here, 0 when none does. It ends where a group of characters ends."""
    compact, place = "", start
    while len(compact) < LONGEST and (piece := PIECE.match(text, place)):
        compact += piece[0]
        if SHORTEST <= len(compact) <= LONGEST and iban.is_valid(compact.upper(), check_country=False):
            return piece.end()
        if not piece[1]:
            return 0
        place = piece.end(1)
    return 0
