"""A text as Freshdesk's HTML, and its HTML as the text that a person would read."""

import html
import re
from html.parser import HTMLParser

NEW_LINE = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr"})
SILENT = frozenset({"script", "style", "head", "title"})
SMALL = "color:#757575;font-size:11px"


def to_html(text: str, reference: str = "") -> str:
    """Line for line, with every space; nothing in it is markup. `reference` is a small line of its own."""
    body = html.escape(text.replace("\r\n", "\n"), quote=False)
    body = re.sub(r"(?<= ) |(?<=\n) |^ | $| (?=\n)", "&nbsp;", body).replace("\n", "<br>")
    small = f'<div style="{SMALL}">{reference}</div>' if reference else ""
    return f"<div>{body}</div>{small}"


def to_text(page: str) -> str:
    """Without markup; a line for each that a reader sees, and `> ` before what is quoted."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


def text_of(page: str | None, plain: str | None) -> str:
    """From its HTML, which has the lines that its plain form folds."""
    return to_text(page) if page else plain or ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quoted, self.silent = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br" or (tag in NEW_LINE and self.lines[-1].strip("> ")):
            self._line()
        if tag == "blockquote":
            self.quoted += 1
            self.lines[-1] = "> " * self.quoted

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
            self._line()
        elif tag in NEW_LINE - {"br"} and self.lines[-1].strip("> "):
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # What folds is the space of HTML; the one that does not is a space of the text.
            folded = re.sub(r"[ \t\r\n\f]+", " ", data)
            if not self.lines[-1].strip("> "):
                folded = folded.lstrip(" ")
            self.lines[-1] += folded.replace("\xa0", " ")

    def text(self) -> str:
        lines = list(self.lines)
        while lines and not lines[-1].strip("> "):
            lines.pop()
        while lines and not lines[0].strip("> "):
            lines.pop(0)
        return "\n".join(lines)

    def _line(self) -> None:
        self.lines.append("> " * self.quoted)
