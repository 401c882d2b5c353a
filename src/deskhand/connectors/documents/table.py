"""Tables on a page: lines of short cells that stand in the same columns."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from deskhand.connectors.documents.rows import BULLET, LARGER, NUMBER, Cell, Row

LONGEST_CELL = 45  # letters, on average


@dataclass(frozen=True)
class Table:
    rows: list[list[str]]
    length: int  # in lines


def table_at(rows: list[Row], at: int, body: float) -> Table | None:
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
    return Table(grid, end - at)


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


def written(grid: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    return [lines[0], "|" + " --- |" * len(grid[0]), *lines[1:]]
