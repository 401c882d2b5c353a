"""From lines on pages to Markdown: headings, paragraphs, lists and tables, by how they stand."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

BULLET = re.compile(r"^(?:[•‣▪●○◦■□▸►·∙*\u2013\u2014-]|[\uf0a7\uf0b7\uf06f\uf0d8])\s+(?=\S)")
NUMBER = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")
LEADER = re.compile(r"(?:[.…·] ?){5,}\s*[\divxl]*$")
SENTENCE_END = re.compile(r"[.!?:;…]['\")\]\u201d\u2019]?$")
OPENING, CLOSING = (" ", "(", "[", "\u2018", "\u201c"), (" ", *",.;:!?)]", "\u2019", "\u201d")
LONGEST_HEADING, LONGEST_CELL = 120, 45
LARGER = 1.12
THIN, WIDE = frozenset("fijlrtI .,:;!|'()[]-/\u2019"), frozenset("MWm@%\u2014")
NARROW, USUAL, BROAD, WIDEST = 0.29, 0.54, 0.7, 0.88  # of their height


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


@dataclass
class _Piece:
    """A block in the making. `kind`: "heading 2", "text", "item", "1. item" or "table"."""

    kind: str
    lines: list[str]
    last: Row


def laid_out(pages: list[list[Row]]) -> str:
    """Markdown of a whole file, without what stands at the edge of most pages."""
    body = _body([row for page in pages for row in page])
    rows = [row for page in _without_edges(pages, body) for row in page]
    levels = _levels(rows, body)
    usual = _usual_gap(rows)
    pieces: list[_Piece] = []
    at = 0
    while at < len(rows):
        if table := _table(rows, at, body):
            pieces.append(_Piece("table", _written(table.rows), rows[at + table.length - 1]))
            at += table.length
            continue
        _take(pieces, rows[at], _kind(rows, at, body, levels), usual)
        at += 1
    return _joined(pieces)


def _without_edges(pages: list[list[Row]], body: float) -> Iterator[list[Row]]:
    """Without page numbers, running heads (what several pages say at the same place), and tables of contents."""
    edges = [[row for row in _ends(page) if row.size <= LARGER * body] for page in pages]
    often = Counter(line for rows in edges for line in {_like(row) for row in rows})
    enough = min(3, max(2, len(pages)))
    for page, ends in zip(pages, edges, strict=True):
        gone = {id(row) for row in ends if row.text.isdigit() or often[_like(row)] >= enough}
        yield [row for row in page if id(row) not in gone and not LEADER.search(row.text)]


def _ends(page: list[Row]) -> list[Row]:
    reach = 2 if len(page) > 6 else 1
    return [*page[:reach], *page[-reach:]]


def _like(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+|\b[ivxl]+\b", "0", row.text), round(row.y / 4)


def _body(rows: list[Row]) -> float:
    """The size in which most of it is set."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(rows: list[Row], body: float) -> dict[float, int]:
    """The level of a heading by its size: the largest is the first."""
    large = {round(row.size, 1) for row in rows if row.size > LARGER * body and 1 < len(row.text) < LONGEST_HEADING}
    levels: dict[float, int] = {}
    before, level = 0.0, 0
    for size in sorted(large, reverse=True):
        level += not before or size < 0.97 * before
        levels[size], before = min(level, 5), size
    return levels


def _usual_gap(rows: list[Row]) -> float:
    """Between two lines of a paragraph, in sizes of their letters."""
    pairs = pairwise(rows)
    gaps = [
        (one.y - two.y) / one.size for one, two in pairs if one.page == two.page and 0 < one.y - two.y < 3 * one.size
    ]
    return min(median(gaps), 2.0) if gaps else 1.2


def _kind(rows: list[Row], at: int, body: float, levels: dict[float, int]) -> str:
    row = rows[at]
    text = row.text
    after = rows[at + 1] if at + 1 < len(rows) else None
    if len(text) < LONGEST_HEADING and re.search(r"\w", text):
        if round(row.size, 1) in levels:
            return f"heading {levels[round(row.size, 1)]}"
        alone = row.bold and (after is not None and not after.bold) and len(text) < 80
        if alone and len(row.cells) == 1 and not SENTENCE_END.search(text) and not BULLET.match(text):
            return f"heading {max(levels.values(), default=0) + 1}"
    if BULLET.match(text):
        return "item"
    return "1. item" if NUMBER.match(text) else "text"


def _take(pieces: list[_Piece], row: Row, kind: str, usual: float) -> None:
    """Into the block before it, where it goes on with that one, else as a new one."""
    before = pieces[-1] if pieces else None
    if before is None or not _goes_on(before, row, kind, usual):
        pieces.append(_Piece(kind, [row.text], row))
        return
    before.lines.append(row.text)
    before.last = row


def _goes_on(before: _Piece, row: Row, kind: str, usual: float) -> bool:
    last, near = before.last, _near(before.last, row, usual)
    if kind.startswith("heading") or before.kind.startswith("heading"):
        return kind == before.kind and near
    if kind != "text" or before.kind == "table":
        return False
    if before.kind == "text" and near and row.cells[0].x > last.cells[0].x + row.size:
        return False  # the first line of a paragraph, or of something set apart
    if near:
        return True
    elsewhere = row.page != last.page or row.y > last.y  # the next page, or the next column
    return elsewhere and not SENTENCE_END.search(last.text) and row.text[:1].islower()


def _near(above: Row, row: Row, usual: float) -> bool:
    same = abs(above.size - row.size) < 0.1 * above.size
    return same and above.page == row.page and -0.5 * row.size < above.y - row.y < (usual + 0.35) * row.size


@dataclass(frozen=True)
class _Table:
    rows: list[list[str]]
    length: int  # in lines


def _table(rows: list[Row], at: int, body: float) -> _Table | None:
    """A line of short cells, and lines below whose cells stand in the same columns."""
    first = rows[at]
    width = len(first.cells)
    if width < 2 or first.size > LARGER * body or BULLET.match(first.text) or NUMBER.match(first.text):
        return None
    starts = [cell.x for cell in first.cells]
    placed: list[tuple[int, Row, Cell]] = []
    lowest, end = first.y, at + 1
    while end < len(rows) and _belongs(rows[end], first, starts, lowest):
        for cell in rows[end].cells:
            placed.append((_column(cell, starts, rows[end].size) or 0, rows[end], cell))
        lowest = min(lowest, rows[end].y)
        end += 1
    while end > at + 1 and _ends_it(rows[end - 1], rows[end - 2], starts):
        end -= 1
        placed.pop()
    grid = [[_cell(cell) for cell in first.cells], *_bands(first, placed, width)]
    texts = [text for row in grid for text in row]
    if len(grid) < 2 or not any(all(row) for row in grid[1:]) or sum(map(len, texts)) > LONGEST_CELL * len(texts):
        return None
    return _Table(grid, end - at)


def _belongs(row: Row, first: Row, starts: list[float], lowest: float) -> bool:
    """Whether all of it stands in the columns, not far below what is there already."""
    places = [_column(cell, starts, row.size) for cell in row.cells]
    if row.page != first.page or row.y > first.y - 0.5 * row.size or None in places or len(set(places)) != len(places):
        return False
    if abs(row.size - first.size) > 0.1 * first.size:
        return False
    alone = len(places) == 1
    if alone and places[0] == 0 and row.cells[0].reach > starts[1]:
        return False  # a paragraph below the table
    return lowest - row.y < (3.2 if alone else 6) * row.size


def _ends_it(row: Row, above: Row, starts: list[float]) -> bool:
    """Whether the last of the lines is the first of what comes after the table."""
    alone = len(row.cells) == 1 and _column(row.cells[0], starts, row.size) == 0
    return alone and above.y - row.y > 1.6 * row.size


def _bands(header: Row, placed: list[tuple[int, Row, Cell]], width: int) -> list[list[str]]:
    """The rows of a table, by what stands in its first column: at the top of its row, or in the middle of it."""
    first = sorted((row for place, row, _ in placed if not place), key=lambda one: -one.y)
    gaps = [header.y - first[0].y if first else 0.0, *(one.y - two.y for one, two in pairwise(first))]
    # Lines of one row stand nearer to each other than to the next row, which is as far as the head of the table.
    packed = 0.8 * gaps[0] if max(gaps[1:], default=0) > 0.9 * gaps[0] else 0.0
    leading = min((gap for gap in gaps[1:] if gap > 0), default=0.0)
    anchors: list[list[Row]] = []
    partners = {(round(row.y), place) for place, row, _ in placed if place}
    for row in first:
        near = min(1.3 * leading, 2.4 * row.size)
        known = any((round(row.y) + step, place) in partners for step in (-1, 0, 1) for place in range(1, width))
        if anchors and anchors[-1][-1].y - row.y < (packed if known else max(1.6 * row.size, near)):
            anchors[-1].append(row)
        else:
            anchors.append([row])
    if not anchors:
        return []
    grid = [[""] * width for _ in anchors]
    where = _band_of([one[0].y for one in anchors], [one[-1].y for one in anchors], [row for _, row, _ in placed])
    for place, row, cell in sorted(placed, key=lambda one: (-one[1].y, one[2].x)):
        band = grid[where(row)]
        band[place] = f"{band[place]} {_cell(cell)}".strip()
    return grid


def _band_of(tops: list[float], bottoms: list[float], rows: list[Row]) -> Callable[[Row], int]:
    """Which row of the table a line is in: its first column stands at the top of it, at the bottom, or between."""
    bands = range(len(tops))
    slack = 0.3 * rows[0].size
    if max(row.y for row in rows) <= tops[0] + slack:
        return lambda row: max((one for one in bands if tops[one] > row.y - slack), default=0)
    if min(row.y for row in rows) >= bottoms[-1] - slack:
        return lambda row: min((one for one in bands if bottoms[one] < row.y + slack), default=bands[-1])
    return lambda row: min(bands, key=lambda one: abs((tops[one] + bottoms[one]) / 2 - row.y))


def _column(cell: Cell, starts: list[float], size: float) -> int | None:
    """The one that it stands in: starting there, or, for numbers set to the right, before the next."""
    for place, start in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else start + 60 * size
        before = starts[place - 1] + size if place else start
        if abs(cell.x - start) < size or (place and max(before, start - 8 * size) < cell.x < after - size):
            return place
    return None


def _cell(cell: Cell) -> str:
    return " ".join(cell.text.split()).replace("|", "\\|")


def _written(grid: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    return [lines[0], "|" + " --- |" * len(grid[0]), *lines[1:]]


def _joined(pieces: list[_Piece]) -> str:
    text = ""
    before = ""
    for one in pieces:
        items = one.kind.endswith("item") and before.endswith("item")
        text += ("\n" if items else "\n\n") * bool(text) + _markdown(one)
        before = one.kind
    return text + "\n" if text else ""


def _markdown(piece: _Piece) -> str:
    match piece.kind.split():
        case ["heading", level]:
            return f"{'#' * int(level)} {_run(piece.lines)}"
        case ["item"]:
            return "- " + BULLET.sub("", _run(piece.lines))
        case ["1.", _]:
            return NUMBER.sub(r"\1. ", _run(piece.lines))
        case ["table"]:
            return "\n".join(piece.lines)
        case _:
            return re.sub(r"^(#{1,6}\s|```|~~~)", r"\\\1", _run(piece.lines))


def _run(lines: list[str]) -> str:
    """One text; a word that was cut at the end of a line is whole again."""
    text = lines[0]
    for line in lines[1:]:
        cut = re.search(r"[^\W\d_]-$", text) and line[:1].islower()
        text = text[:-1] + line if cut else f"{text} {line}"
    return text
