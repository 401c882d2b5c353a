"""Numbers as people write them: 1,234.56 and 1.234,56 and 1 234,56 are one number."""

import re
from decimal import Decimal

# Groups of three first; then anything of at most twelve digits with a short fraction.
NUMBER = r"(?:\d{1,3}(?:[.,' ]\d{3}){1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,3}(?!\d))?)"
FRACTION = re.compile(r"[.,](\d{1,3})$")
MARKS = re.compile(r"[.,' ]")


def number(text: str, digits: int = 2) -> Decimal:
    """The value. A last group of three is of thousands, unless a fraction may have that many `digits`."""
    end = FRACTION.search(text)
    if end is None or (len(end[1]) == 3 and digits < 3) or _grouped(text, end.start()):
        return Decimal(MARKS.sub("", text))
    return Decimal(f"{MARKS.sub('', text[: end.start()])}.{end[1]}")


def _grouped(text: str, last: int) -> bool:
    """Whether the same mark stands before: 1.234.567 has no fraction."""
    return text[last] in text[:last]
