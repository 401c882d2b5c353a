"""A text in plain digits, letters, dashes and blanks, for patterns to read; places lead back to the text as written."""

from dataclasses import dataclass

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
LINES = "\u2028\u2029\x0b\x0c\x85"
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u20e3\u3164\uffa0"  # printable, and nothing to be seen
SELECTORS = range(0xFE00, 0xFE10)  # how a character is drawn: the emoji digits carry one
FULL_WIDTH = range(0xFF01, 0xFF5F)


class _Plain(dict[int, str | None]):
    """For `str.translate`, filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        self[point] = plain = _plain(chr(point))
        return plain


PLAIN = _Plain()


@dataclass(frozen=True)
class PlainText:
    """`text` is what patterns read; `places[i]` is where its character i stands in what was written, None when all
    stand where they stood."""

    text: str
    places: tuple[int, ...] | None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text` stands in what was written."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def plain(written: str) -> PlainText:
    """Character for character, but for those that cannot be seen: they are left out."""
    text = written.translate(PLAIN)
    if len(text) == len(written):
        return PlainText(text, None)
    return PlainText(text, tuple(i for i, char in enumerate(written) if PLAIN[ord(char)] is not None))


def _plain(char: str) -> str | None:
    if char in "\n\t" or (char.isascii() and char.isprintable()):
        return char
    if char == "\r" or char in LINES:
        return "\n"
    if char.isdecimal():
        return str(int(char))
    if char in DASHES:
        return "-"
    if char.isspace():
        return " "
    if ord(char) in FULL_WIDTH:
        return chr(ord(char) - 0xFEE0)
    if not char.isprintable() or char in FILLERS or ord(char) in SELECTORS:
        return None
    return char
