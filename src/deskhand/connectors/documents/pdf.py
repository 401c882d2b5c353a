"""PDF files: where each piece of text stands, line by line, and what the file says of itself."""

import io
import logging
import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from deskhand.connectors.documents.document import LONGEST, Document, locale_of, one_line, visible
from deskhand.connectors.documents.layout import laid_out
from deskhand.connectors.documents.rows import Cell, Row, joint, width_of
from deskhand.domain.errors import Unreadable

MOST_PAGES = 1_000
MONO = ("courier", "mono", "consol", "typewriter", "cmtt")
LOOK_BACK = 6  # rows: the next cell of a table may start where an earlier line did

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(data: bytes) -> Document:
    """Headings by the size of their letters; lists and tables by where they stand."""
    try:
        return _read(data)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError) as error:
        raise Unreadable(f"it is not a PDF file, or a broken one ({type(error).__name__})") from error
    except (RecursionError, AssertionError, NotImplementedError) as error:
        raise Unreadable(f"it is a PDF file of a shape that we do not know ({type(error).__name__})") from error


def _read(data: bytes) -> Document:
    file = pypdf.PdfReader(io.BytesIO(data), strict=False)
    try:
        if file.is_encrypted and not file.decrypt(""):
            raise Unreadable("it is locked by a password")
    except (DependencyError, NotImplementedError) as error:
        raise Unreadable("it is encrypted in a way that we cannot open") from error
    if len(file.pages) > MOST_PAGES:
        raise Unreadable(f"it has more than {MOST_PAGES:,} pages: cut it into parts")
    pages: list[list[Row]] = []
    letters = 0
    for number, page in enumerate(file.pages):
        pages.append(list(_rows(page, number)))
        letters += sum(len(cell.text) for row in pages[-1] for cell in row.cells)
        if letters > LONGEST:
            raise Unreadable("it holds more text than we keep of one document")
    if not letters:
        raise Unreadable("it holds no text: pictures of pages, perhaps, which we do not read")
    said = file.metadata
    root: Any = file.trailer["/Root"]
    return Document(
        text=laid_out(pages),
        title=_title(said.title if said else None),
        locale=locale_of(str(root.get("/Lang") or "")),
        owner=one_line((said.author or "") if said else ""),
        changed=_changed(said),
    )


def _title(said: str | None) -> str:
    """Word processors leave names of files, and nothing at all, where a title belongs."""
    title = one_line(said or "")
    named = title.lower().endswith((".doc", ".docx", ".indd", ".odt", ".pdf", ".rtf", ".tex"))
    return "" if named or title.lower() in ("untitled", "(unspecified)", "(anonymous)") else title


def _changed(said: pypdf.DocumentInformation | None) -> datetime | None:
    try:
        found = (said.modification_date or said.creation_date) if said else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found.tzinfo else None


def _rows(page: pypdf.PageObject, number: int) -> Iterator[Row]:
    """Pieces that stand on one line are a row; a wide gap between two of them makes them cells."""
    rows: list[Row] = []

    def take(text: str, current: list[float], matrix: list[float], font: Any, size: float) -> None:
        x = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
        y = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        scale *= math.sqrt(abs(current[0] * current[3] - current[1] * current[2]))
        height = abs(size) * (scale or 1)
        face = str((font or {}).get("/BaseFont", "")).lower()
        bold, mono = "bold" in face, any(one in face for one in MONO)
        for piece in visible(text.replace("\x7f", "•")).split("\n"):  # unused codes are bullets
            if piece:
                _add(rows, Cell(x, piece, x + width_of(piece.strip(), height, mono)), Row(number, y, height, bold))

    page.extract_text(visitor_text=take)
    return iter(rows)


def _add(rows: list[Row], cell: Cell, fresh: Row) -> None:
    if not cell.text.strip():
        if rows and abs(rows[-1].y - fresh.y) < 0.5 * fresh.size:
            rows[-1].cells[-1].text += " "
            rows[-1].cells[-1].reach += width_of(" ", fresh.size)
        return
    for back, row in enumerate(reversed(rows[-LOOK_BACK:])):
        if abs(row.y - fresh.y) < 0.5 * fresh.size:
            last = row.cells[-1]
            if cell.x > last.reach + 0.75 * row.size:
                row.cells.append(cell)
            elif back:  # below another line at the same height: a column of its own
                continue
            else:
                _join(last, cell, row.size)
            if len(row.text) - len(cell.text.strip()) < 3:  # a mark of a list is set in letters of its own
                row.size, row.bold = fresh.size, fresh.bold
            row.bold = row.bold and (fresh.bold or len(cell.text.strip()) < 2)
            return
    fresh.cells.append(cell)
    rows.append(fresh)


def _join(last: Cell, cell: Cell, size: float) -> None:
    """A gap that is not written is a space; a place that was not told is where the piece before it ends."""
    wide = cell.reach - cell.x
    gap = cell.x - last.reach
    if gap > 0.14 * size:
        last.text += joint(last.text, cell.text)
    last.text += cell.text
    last.reach = cell.reach if gap > -0.3 * size else last.reach + wide
