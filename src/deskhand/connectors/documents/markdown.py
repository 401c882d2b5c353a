"""A tree of HTML as Markdown: headings, paragraphs, lists, tables, code, links; nothing that runs or is hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

DEEPEST = 120  # below it, only the words count
GONE = frozenset(
    """script style noscript template nav form button input select textarea iframe object embed svg math canvas audio
    video dialog menu del s strike head title link meta""".split()
)
HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0\s*(?:;|$))", re.I
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer header hgroup
    hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul""".split()
) | frozenset(HEADINGS)
BREAK = "\u2028"
MOST_COLUMNS = 40


@dataclass(frozen=True)
class Block:
    """Stands by itself, between blank lines; a list in a list right below the line that it belongs to."""

    text: str
    is_list: bool = False


def markdown(node: LexborNode, base: str = "") -> str:
    """What a reader would see of it. Links are kept where they lead to a page, made whole by `base`."""
    return _joined(_Writer(base).blocks(node, 0)) + "\n"


class _Writer:
    def __init__(self, base: str):
        self.base = base

    def blocks(self, node: LexborNode, depth: int) -> list[Block]:
        found: list[Block] = []
        line: list[str] = []
        for piece in (*self._pieces(node, depth), Block("")):
            if isinstance(piece, str):
                line.append(piece)
                continue
            if text := _paragraph("".join(line)):
                found.append(Block(text))
            line = []
            if piece.text:
                found.append(piece)
        return found

    def _pieces(self, node: LexborNode, depth: int) -> Iterator[str | Block]:
        """Words in line, and blocks."""
        if depth > DEEPEST:
            yield f" {node.text_lexbor()} "
            return
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                yield (child.text_content or "").replace(BREAK, " ")
            elif child.is_element_node and not _unseen(child):
                yield from self._element(child, child.tag or "", depth + 1)
            child = child.next

    def _element(self, node: LexborNode, tag: str, depth: int) -> Iterator[str | Block]:
        if tag in BLOCKS:
            yield from self._block(node, tag, depth)
        elif tag == "br":
            yield BREAK
        elif tag == "img":
            alt = (node.attributes.get("alt") or "").strip()
            yield "" if re.search(r"\.\w{3,4}$", alt) else alt
        else:
            pieces = list(self._pieces(node, depth))
            words = [one for one in pieces if isinstance(one, str)]
            whole = len(words) == len(pieces)
            yield from [self._marked(node, tag, "".join(words))] if whole else pieces

    def _marked(self, node: LexborNode, tag: str, text: str) -> str:
        inner = _line(text)
        if not inner or BREAK in text:
            return text
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        match tag:
            case "b" | "strong" if "**" not in inner:
                return f"{lead}**{inner}**{tail}"
            case "code" | "kbd" | "samp" if "`" not in inner:
                return f"{lead}`{inner}`{tail}"
            case "a" if (target := self._target(node)) and "[" not in inner and "]" not in inner:
                return f"{lead}[{inner}]({target}){tail}"
            case _:
                return text

    def _target(self, node: LexborNode) -> str:
        """Where a link leads, if that is a page, an address of mail or a telephone, and not a place on this page."""
        written = (node.attributes.get("href") or "").strip()
        try:
            target = urljoin(self.base, written) if self.base else written
        except ValueError:
            return ""
        known = re.match(r"(?:https?:|mailto:|tel:)", target, re.I) or not re.match(r"[\w+.-]*:", target)
        plain = not re.search(r"[\s()<>]", target) and len(target) < 500
        return target if written and not written.startswith("#") and known and plain else ""

    def _block(self, node: LexborNode, tag: str, depth: int) -> Iterator[Block]:
        match tag:
            case "ul" | "ol":
                yield from self._list(node, tag, depth)
            case "table":
                yield from self._table(node, depth)
            case "pre":
                yield _code(node)
            case "hr":
                pass
            case "blockquote":
                quoted = _joined(self.blocks(node, depth))
                if quoted:
                    yield Block("\n".join(f"> {line}".rstrip() for line in quoted.splitlines()))
            case "dt" | "summary":
                named = _flat(self.blocks(node, depth)).replace("**", "")
                yield Block(f"**{named}**" if named else "")
            case _ if tag in HEADINGS:
                named = _flat(self.blocks(node, depth)).replace("**", "")
                yield Block(f"{'#' * HEADINGS[tag]} {named}" if named else "")
            case _:
                yield from self.blocks(node, depth)

    def _list(self, node: LexborNode, tag: str, depth: int) -> Iterator[Block]:
        items: list[str] = []
        number = _number(node.attributes.get("start"), 1, 10_000)
        child = node.first_child
        while child is not None:
            if child.is_element_node and not _unseen(child):
                nested = child.tag in ("ul", "ol")
                inner = _joined(
                    list(self._list(child, child.tag or "", depth + 1))
                    if nested and depth < DEEPEST
                    else self.blocks(child, depth + 1),
                    in_list=True,
                )
                mark = "  " if nested else f"{number}. " if tag == "ol" else "- "
                if inner:
                    items.append(mark + inner.replace("\n", "\n" + " " * len(mark)))
                    number += not nested
            child = child.next
        text = re.sub(r"\n[ ]+(?=\n)", "\n", "\n".join(items))
        yield Block(text, is_list=True)

    def _table(self, node: LexborNode, depth: int) -> Iterator[Block]:
        """A table of data. One that only arranges a page is read cell by cell."""
        rows = [one for one in node.css("tr") if _table_of(one) == node.mem_id]
        grid = _spanned([self._cells(row, depth) for row in rows] if not node.css("table table") else [])
        width = max(map(len, grid), default=0)
        if node.attributes.get("role") in ("presentation", "none") or not 1 < width <= MOST_COLUMNS:
            yield from self.blocks(node, depth)
            return
        if (caption := node.css_first("caption")) is not None:
            yield Block(_flat(self.blocks(caption, depth)))
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in grid if any(row)]
        if lines:
            lines.insert(1, "|" + " --- |" * width)
            yield Block("\n".join(lines))

    def _cells(self, row: LexborNode, depth: int) -> list[tuple[str, int, int]]:
        """Text, columns and rows of each."""
        found: list[tuple[str, int, int]] = []
        child = row.first_child
        while child is not None:
            if child.tag in ("td", "th") and not _unseen(child):
                text = _flat(self.blocks(child, depth + 2)).replace("|", "\\|")
                across, down = (_number(child.attributes.get(name), 1, 60) for name in ("colspan", "rowspan"))
                found.append((text, across, down))
            child = child.next
        return found


def _spanned(grid: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """A cell that spans rows is said in each of them; of the columns that it spans, in the first."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for cells in grid:
        row: list[str] = []
        waiting = iter(cells)
        while len(row) <= MOST_COLUMNS:
            if (place := len(row)) in hanging:
                text, left = hanging.pop(place)
                row.append(text)
                if left > 1:
                    hanging[place] = (text, left - 1)
                continue
            cell = next(waiting, None)
            if cell is None:
                if not any(column > place for column in hanging):
                    break
                cell = ("", 1, 1)
            text, across, down = cell
            for column in range(across):
                if down > 1:
                    hanging[place + column] = (text if not column else "", down - 1)
                row.append(text if not column else "")
        rows.append(row)
    return rows


def _table_of(row: LexborNode) -> int:
    above = row.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above.mem_id if above is not None else 0


def _unseen(node: LexborNode) -> bool:
    if node.tag in GONE:
        return True
    said = node.attributes
    if not said:
        return False
    return (
        ("hidden" in said and said["hidden"] != "until-found")
        or said.get("aria-hidden") == "true"
        or said.get("role") in ("navigation", "search", "dialog", "alertdialog")
        or bool(HIDDEN.search(said.get("style") or ""))
    )


def _code(node: LexborNode) -> Block:
    text = node.text_lexbor().strip("\n").rstrip()
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return Block(f"{fence}\n{text}\n{fence}" if text else "")


def _paragraph(text: str) -> str:
    lines = [_line(one) for one in text.split(BREAK)]
    # What is no heading and no fence must not become one.
    return "\n".join(re.sub(r"^(#{1,6}\s|```|~~~)", r"\\\1", line) for line in lines if line)


def _line(text: str) -> str:
    return " ".join(text.split())


def _flat(blocks: list[Block]) -> str:
    return _line(" ".join(re.sub(r"^(?:- |\d+\. )", "", one.text, flags=re.M) for one in blocks))


def _joined(blocks: list[Block], in_list: bool = False) -> str:
    text = ""
    for one in (one for one in blocks if one.text):
        near = in_list and one.is_list and "\n" not in text
        text += ("\n" if near else "\n\n") * bool(text) + one.text
    return text


def _number(value: str | None, otherwise: int, most: int) -> int:
    found = re.fullmatch(r"\s*(\d{1,6})\s*", value or "", re.A)
    return max(1, min(int(found[1]), most)) if found else otherwise
