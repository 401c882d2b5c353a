"""The lines of a page: pieces of text, and where they stand."""

import re
from dataclasses import dataclass, field

OPENING, CLOSING = (" ", "(", "[", "\u2018", "\u201c"), (" ", *",.;:!?)]", "\u2019", "\u201d")
THIN, WIDE = frozenset("fijlrtI .,:;!|'()[]-/\u2019"), frozenset("MWm@%\u2014")
NARROW, USUAL, BROAD, WIDEST = 0.29, 0.54, 0.7, 0.88  # of their height
LARGER = 1.12  # than the text, as headings are
BULLET = re.compile(r"^(?:[•‣▪●○◦■□▸►·∙*\u2013\u2014-]|[\uf0a7\uf0b7\uf06f\uf0d8])\s+(?=\S)")
NUMBER = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")


@dataclass
class Cell:
    """A piece of a line: where it starts, and about how far it reaches."""

    x: float
    text: str
    reach: float


def width_of(text: str, size: float, mono: bool = False) -> float:
    """About: what letters take in the usual faces."""
    if mono:
        return 0.6 * size * len(text)
    return size * sum(
        NARROW if one in THIN else WIDEST if one in WIDE else BROAD if one == "w" or one.isupper() else USUAL
        for one in text
    )


def joint(before: str, after: str) -> str:
    """Between two pieces of a line that do not touch: a space, except at a mark that belongs to one of them."""
    return "" if not before or before.endswith(OPENING) or after.startswith(CLOSING) else " "


@dataclass
class Row:
    """What stands on one line of a page; `y` grows upwards."""

    page: int
    y: float
    size: float
    bold: bool
    cells: list[Cell] = field(default_factory=list)

    @property
    def text(self) -> str:
        text = ""
        for cell in self.cells:
            text += joint(text, cell.text) + cell.text
        return " ".join(text.split())
