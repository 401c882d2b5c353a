"""From lines on pages to Markdown: headings, paragraphs, lists and tables, by how they stand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from deskhand.connectors.documents.rows import BULLET, LARGER, NUMBER, Row
from deskhand.connectors.documents.table import table_at, written

LEADER = re.compile(r"(?:[.…·] ?){5,200}+\s{0,20}+[\divxl]{0,20}+$")
SENTENCE_END = re.compile(r"[.!?:;…]['\")\]\u201d\u2019]?$")
LONGEST_HEADING = 120


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
        if table := table_at(rows, at, body):
            pieces.append(_Piece("table", written(table.rows), rows[at + table.length - 1]))
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
